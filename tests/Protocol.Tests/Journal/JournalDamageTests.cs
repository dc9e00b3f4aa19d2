using System.Text;

namespace FedMeta.Protocol.Tests;

public class JournalDamageTests
{
    private static readonly byte[] Three = Notes.Bytes(3);

    [Fact]
    public void Whatever_an_interrupted_append_left_nothing_earlier_is_lost()
    {
        var two = Notes.Bytes(2).Length;
        for (var length = two; length < Three.Length; length++)
        {
            var storage = new MemoryStorage(Three[..length]);
            var seen = new List<JournalRecord>();
            using var journal = Journal.Open(storage, new FixedTime(), seen.Add);
            Assert.Equal([1, 2], seen.Take(2).Select(Notes.Value));
            if (length > two)
            {
                Assert.Equal(Journal.RepairedType, seen[2].Type);
                Assert.Equal(length - two, seen[2].Body.GetProperty("bytes").GetInt32());
            }

            journal.Append(Notes.Note(4));
            Assert.True(JournalFile.Verify(new MemoryStream(storage.ToArray())).IsIntact);
            Assert.Equal(length == two ? 3 : 4, seen.Count);
        }
    }

    [Fact]
    public void A_running_program_repairs_what_another_ones_crash_left()
    {
        using var folder = new TemporaryFolder();
        var seen = new List<string>();
        using var journal = Journal.Open(folder["journal"], new FixedTime(), record => seen.Add(record.Type));
        journal.Append(Notes.Note(1));
        File.AppendAllText(Path.Combine(folder["journal"], "journal.jsonl"), "{\"seq\":2,\"ti");
        journal.Append(Notes.Note(2));
        Assert.Equal(["test.note", Journal.RepairedType, "test.note"], seen);
    }

    [Fact]
    public void Lost_blocks_at_the_end_are_a_torn_line()
    {
        var two = Notes.Bytes(2).Length;
        byte[] content = [.. Three[..(two + 20)], .. new byte[100]];
        using var journal = Journal.Open(new MemoryStorage(content), new FixedTime());
        Assert.Equal(3, journal.Head.Sequence);
        Assert.Equal(120, journal.Read(3)[0].Body.GetProperty("bytes").GetInt32());
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_refused_with_the_number_of_the_record()
    {
        var ends = Three.Select((b, i) => (b, i)).Where(pair => pair.b == '\n').Select(pair => pair.i).ToArray();
        for (var at = 0; at < Three.Length; at++)
        {
            var expected = ends.Count(end => end < at) + 1;
            for (var bit = 0; bit < 8; bit++)
            {
                var content = (byte[])Three.Clone();
                content[at] ^= (byte)(1 << bit);
                var error = Assert.Throws<FedMetaException>(
                    () => Journal.Open(new MemoryStorage(content), new FixedTime()));
                Assert.Equal(ExitCode.JournalDamaged, error.Code);
                Assert.StartsWith($"journal record {expected} ", error.What, StringComparison.Ordinal);
                Assert.Equal(expected, JournalFile.Verify(new MemoryStream(content)).WrongRecord);
            }
        }
    }

    [Fact]
    public void A_record_that_was_taken_out_or_moved_is_refused()
    {
        var lines = Encoding.ASCII.GetString(Three).Split('\n')[..3];
        foreach (var (order, wrong) in new[] { ("0 2", 2), ("1 0 2", 2), ("0 1 1", 3), ("0 2 1", 2) })
        {
            var content = string.Concat(order.Split(' ').Select(i => lines[int.Parse(i)] + "\n"));
            var check = JournalFile.Verify(new MemoryStream(Encoding.ASCII.GetBytes(content)));
            Assert.Equal(order == "1 0 2" ? 3 : wrong, check.WrongRecord);
            Assert.Throws<FedMetaException>(
                () => Journal.Open(new MemoryStorage(Encoding.ASCII.GetBytes(content)), new FixedTime()));
        }
    }

    [Fact]
    public void A_record_in_another_spelling_is_refused_whichever_spelling_its_hash_is_of()
    {
        var line = Encoding.ASCII.GetString(Three).Split('\n')[0];
        var canonical = line[..line.IndexOf(",\"hash\"", StringComparison.Ordinal)];
        var spaced = canonical.Replace("\"value\":1", "\"value\": 1", StringComparison.Ordinal);
        foreach (var hashed in (string[])[canonical, spaced])
        {
            var hash = Sha256Digest.Of(Encoding.ASCII.GetBytes(hashed));
            var other = Encoding.ASCII.GetBytes($"{spaced},\"hash\":\"{hash}\"}}\n");
            Assert.Equal(1, JournalFile.Verify(new MemoryStream(other)).WrongRecord);
        }
    }

    [Fact]
    public void A_record_of_another_journal_with_the_right_number_is_refused()
    {
        var storage = new MemoryStorage();
        using (var journal = Journal.Open(storage, new FixedTime()))
        {
            journal.Append(Notes.Note(7));
            journal.Append(Notes.Note(2));
        }

        var other = storage.ToArray()[Notes.Bytes(1).Length..];
        byte[] spliced = [.. Notes.Bytes(1), .. other];
        var check = JournalFile.Verify(new MemoryStream(spliced));
        Assert.Equal((2L, "it does not follow from the record before it"), (check.WrongRecord, check.Problem));
    }

    [Fact]
    public void A_copy_that_was_taken_during_an_append_is_torn_and_not_damaged()
    {
        var check = JournalFile.Verify(new MemoryStream(Three[..^10]));
        Assert.True(check.IsIntact);
        Assert.Equal(2, check.Head.Sequence);
        Assert.Equal(Three.Length - 10 - Notes.Bytes(2).Length, check.TornBytes);
    }

    [Fact]
    public void A_file_that_became_shorter_is_refused()
    {
        var storage = new MemoryStorage(Three);
        using var journal = Journal.Open(storage, new FixedTime());
        storage.Truncate(Notes.Bytes(2).Length);
        var error = Assert.Throws<FedMetaException>(() => journal.Append(Notes.Note(4)));
        Assert.Equal(ExitCode.JournalDamaged, error.Code);
    }

    [Fact]
    public void A_line_without_an_end_does_not_fill_the_memory()
    {
        using var endless = new MemoryStream(new byte[JournalLimits.LineBytes + 5]);
        var check = JournalFile.Verify(endless);
        Assert.Equal((1L, "it has no end"), (check.WrongRecord, check.Problem));
    }

    [Fact]
    public void Hostile_bytes_give_a_finding_and_never_an_exception()
    {
        Properties.Holds(
            Properties.Bytes(400), bytes => JournalFile.Verify(new MemoryStream(bytes)).Head.Sequence == 0);
        Properties.Holds(
            Properties.Mutation(Three), bytes => JournalFile.Verify(new MemoryStream(bytes)) is not null, 2000);
        var surrogate = Encoding.ASCII.GetString(Three).Replace("seoul-general", "\\ud800", StringComparison.Ordinal);
        Assert.Equal(1, JournalFile.Verify(new MemoryStream(Encoding.ASCII.GetBytes(surrogate))).WrongRecord);
    }

    [Fact]
    public void Any_body_survives_writing_and_reading()
    {
        Properties.Holds(Properties.Text(40), text =>
        {
            var storage = new MemoryStorage();
            using var journal = Journal.Open(storage, new FixedTime());
            var body = System.Text.Json.JsonSerializer.SerializeToElement(
                new Dictionary<string, string> { ["k" + text] = text });
            var record = journal.Append(new("x", "a.b", body));
            var again = JournalCodec.Decode(storage.ToArray().AsMemory(..^1), default(JournalHead), out var read);
            return again is null && read!.Body.GetRawText() == record.Body.GetRawText() && read.Hash == record.Hash;
        });
    }
}
