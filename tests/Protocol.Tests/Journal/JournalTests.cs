using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;

namespace FedMeta.Protocol.Tests;

public class JournalTests
{
    [Fact]
    public void The_observer_sees_each_record_once_and_in_order()
    {
        using var folder = new TemporaryFolder();
        var first = new List<int>();
        using (var journal = Journal.Open(folder["journal"], new FixedTime(), record => first.Add(Notes.Value(record))))
        {
            journal.Append(Notes.Note(1));
            journal.Append(Notes.Note(2));
        }

        var second = new List<int>();
        using var again = Journal.Open(folder["journal"], new FixedTime(), record => second.Add(Notes.Value(record)));
        again.Append(Notes.Note(3));
        Assert.Equal([1, 2], first);
        Assert.Equal([1, 2, 3], second);
        Assert.Equal(3, again.Head.Sequence);
    }

    [Fact]
    public void Two_programs_share_a_journal()
    {
        using var folder = new TemporaryFolder();
        var (a, b) = (new List<int>(), new List<int>());
        using var one = Journal.Open(folder["journal"], new FixedTime(), record => a.Add(Notes.Value(record)));
        using var two = Journal.Open(folder["journal"], new FixedTime(), record => b.Add(Notes.Value(record)));
        one.Append(Notes.Note(1));
        two.Append(Notes.Note(2));
        one.Append(Notes.Note(3));
        two.Refresh();
        Assert.Equal([1, 2, 3], a);
        Assert.Equal([1, 2, 3], b);
        Assert.Equal(one.Head, two.Head);
    }

    [Fact]
    public async Task A_decision_sees_everything_and_nothing_comes_between()
    {
        using var folder = new TemporaryFolder();
        async Task<int> Spend()
        {
            await Task.Yield();
            var spent = 0;
            var mine = 0;
            using var journal = Journal.Open(folder["journal"], new FixedTime(), _ => spent++);
            while (journal.AppendIf(() => spent < 30 ? Notes.Note(spent) : null) is not null) mine++;
            return mine;
        }

        var shares = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Spend)));
        Assert.Equal(30, shares.Sum());
        var check = JournalFile.Verify(Path.Combine(folder["journal"], "journal.jsonl"));
        Assert.True(check.IsIntact);
        Assert.Equal(30, check.Head.Sequence);
    }

    [Fact]
    public void A_record_has_number_time_actor_type_body_and_hashes()
    {
        using var journal = Journal.Open(new MemoryStorage(), new FixedTime());
        var first = journal.Append(new("operator", "client.invited", Notes.Json("""{"name":"Seoul General"}""")));
        var second = journal.Append(Notes.Note(2));
        Assert.Equal(
            (1L, FixedTime.Start, "operator", "client.invited"), (first.Sequence, first.Time, first.Actor, first.Type));
        Assert.Equal("Seoul General", first.Body.GetProperty("name").GetString());
        Assert.Equal(default, first.Previous);
        Assert.Equal(first.Hash, second.Previous);
        Assert.Equal(new JournalHead(2, second.Hash), journal.Head);
    }

    [Fact]
    public void The_line_is_the_documented_one()
    {
        var storage = new MemoryStorage();
        using var journal = Journal.Open(storage, new FixedTime());
        journal.Append(new("operator", "client.invited", Notes.Json("""{ "name" : "Seoul General" }""")));
        var zero = new string('0', 64);
        var start = """{"seq":1,"time":"2030-01-02T03:04:05.678Z","actor":"operator","type":"client.invited","""
            + "\"body\":{\"name\":\"Seoul General\"},\"prev\":\"" + zero + "\"";
        var hash = Sha256Digest.Of(Encoding.ASCII.GetBytes(start));
        Assert.Equal($"{start},\"hash\":\"{hash}\"}}\n", Encoding.ASCII.GetString(storage.ToArray()));
    }

    [Fact]
    public void No_text_can_forge_a_line_or_move_a_cursor()
    {
        var storage = new MemoryStorage();
        using var journal = Journal.Open(storage, new FixedTime());
        var evil = "x\n{\"seq\":2}\r\u001b[2J\u202e\u2028";
        var body = JsonSerializer.SerializeToElement(new Dictionary<string, string> { [evil] = evil });
        journal.Append(new(evil, "study.decided", body));
        var bytes = storage.ToArray();
        Assert.All(bytes[..^1], b => Assert.InRange(b, 0x20, 0x7E));
        Assert.Equal(evil, journal.Read()[0].Actor);
        Assert.Equal(evil, journal.Read()[0].Body.GetProperty(evil).GetString());
    }

    [Fact]
    public void A_part_can_be_read_and_exported()
    {
        using var journal = Journal.Open(new MemoryStorage(Notes.Bytes(5)), new FixedTime());
        Assert.Equal([2, 3, 4], journal.Read(2, 4).Select(Notes.Value));
        Assert.Equal([4, 5], journal.Read(4).Select(Notes.Value));
        Assert.Empty(journal.Read(6));
        using var part = new MemoryStream();
        journal.Export(part, 3, 4);
        part.Position = 0;
        var check = JournalFile.Verify(part);
        Assert.Equal((3L, 4L, true), (check.First, check.Head.Sequence, check.IsIntact));
    }

    [Theory]
    [InlineData("", "a.b", "{}")]
    [InlineData("x", "A.b", "{}")]
    [InlineData("x", "a..b", "{}")]
    [InlineData("x", "", "{}")]
    [InlineData("x", "a.b", "[]")]
    [InlineData("x", "a.b", "{\"k\":1,\"k\":2}")]
    public void A_malformed_entry_is_misuse_and_leaves_no_trace(string actor, string type, string body)
    {
        var storage = new MemoryStorage();
        using var journal = Journal.Open(storage, new FixedTime());
        Assert.Throws<ArgumentException>(() => journal.Append(new(actor, type, Notes.Json(body))));
        Assert.Equal(0, storage.Length);
    }

    [Fact]
    public void A_record_above_the_limit_is_misuse_and_leaves_no_trace()
    {
        var storage = new MemoryStorage();
        using var journal = Journal.Open(storage, new FixedTime());
        var body = Notes.Json($$"""{"x":"{{new string('x', JournalLimits.LineBytes)}}"}""");
        Assert.Throws<ArgumentException>(() => journal.Append(new("x", "a.b", body)));
        Assert.Equal(0, storage.Length);
    }

    [Fact]
    public void A_long_record_below_the_limit_survives()
    {
        var storage = new MemoryStorage();
        using var journal = Journal.Open(storage, new FixedTime());
        journal.Append(new("x", "a.b", Notes.Json($$"""{"x":"{{new string('x', 1 << 20)}}"}""")));
        journal.Append(Notes.Note(2));
        using var again = Journal.Open(new MemoryStorage(storage.ToArray()), new FixedTime());
        Assert.Equal(journal.Head, again.Head);
    }

    [Fact]
    public void A_body_of_another_shape_is_a_clear_error()
    {
        using var journal = Journal.Open(new MemoryStorage(), new FixedTime());
        var record = journal.Append(JournalEntry.Of("x", "a.b", new NoteBody(7), NoteContext.Default.NoteBody));
        Assert.Equal(7, record.Read(NoteContext.Default.NoteBody).Value);
        var other = journal.Append(new("x", "a.b", Notes.Json("""{"value":"seven"}""")));
        var error = Assert.Throws<FedMetaException>(() => other.Read(NoteContext.Default.NoteBody));
        Assert.Equal(ExitCode.JournalDamaged, error.Code);
        Assert.Contains("record 2 (a.b)", error.What, StringComparison.Ordinal);
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_owner_may_read_it()
    {
        using var folder = new TemporaryFolder();
        using var journal = Journal.Open(folder["journal"], new FixedTime());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(
            folder["journal"]));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(folder["journal"], "journal.jsonl")));
    }
}
