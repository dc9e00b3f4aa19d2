using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Server.Ledger;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Ledger;

/// <summary>A coordinator that keeps two books with one key, and what comes of it when their checkpoints meet.</summary>
public sealed class CompareTests
{
    [Fact]
    public async Task Two_journals_of_one_length_are_a_split_view_with_nothing_else_in_hand()
    {
        await using var federation = await Federation.StartAsync();
        var (seoul, busan) = (new Book(federation, "a"), new Book(federation, "b"));
        var result = await Compare(federation, "split-view", seoul.Checkpoint(3), busan.Checkpoint(3));
        Assert.Contains("signed two different journals", result, StringComparison.Ordinal);
        Assert.Contains("a-3.checkpoint and b-3.checkpoint", result, StringComparison.Ordinal);
        await Compare(federation, "same", seoul.Checkpoint(3), seoul.Checkpoint(3));
    }

    [Fact]
    public async Task Two_lengths_need_a_journal_and_it_shows_who_was_shown_another()
    {
        await using var federation = await Federation.StartAsync();
        var (seoul, busan) = (new Book(federation, "a"), new Book(federation, "b"));
        var (early, late) = (seoul.Checkpoint(3), seoul.Checkpoint(5));
        await Compare(federation, "not-shown", early, late);
        await Compare(federation, "consistent", early, late, "--journal", seoul.Export(5));
        await Compare(federation, "truncated", early, late, "--journal", seoul.Export(4));
        var split = await Compare(federation, "split-view", busan.Checkpoint(4), late, "--journal", seoul.Export(5));
        Assert.Contains("is not the journal that was signed in b-4.checkpoint", split, StringComparison.Ordinal);
        await Compare(federation, "other-journal", early, late, "--journal", busan.Export(6));
    }

    [Fact]
    public async Task What_is_not_signed_by_the_ledger_s_key_is_no_evidence()
    {
        await using var federation = await Federation.StartAsync();
        var book = new Book(federation, "a");
        var right = book.Checkpoint(3);
        using var other = Identity.Create();
        Assert.True(Checkpoint.TryRead(File.ReadAllBytes(right), out _, out var head));
        var forged = book.Write("forged.checkpoint",
            SignedNote.Sign(head with { Root = default }, head.Origin, other).ToBytes());
        var (code, _, error) = await federation.CommandAsync("audit", "compare", right, forged);
        Assert.Equal((int)ExitCode.AuditFailed, code);
        Assert.Contains("is not signed with the key of its ledger", error, StringComparison.Ordinal);

        var foreign = book.Write("foreign.checkpoint",
            SignedNote.Sign(new Checkpoint(LedgerOrigin.Of(other.Pin), 3, default), LedgerOrigin.Of(other.Pin), other)
                .ToBytes());
        Assert.Equal((int)ExitCode.Usage, (await federation.CommandAsync("audit", "compare", right, foreign)).Code);
        (code, _, error) = await federation.CommandAsync("audit", "compare", right, foreign, "--key",
            Convert.ToBase64String(other.PublicKey));
        Assert.Equal((int)ExitCode.Usage, code);
        Assert.Contains("two ledgers", error, StringComparison.Ordinal);
        var garbage = book.Write("garbage.checkpoint", new byte[2 << 20]);
        Assert.Equal((int)ExitCode.AuditFailed, (await federation.CommandAsync("audit", "compare", right, garbage)).Code);
    }

    [Fact]
    public async Task An_export_lays_the_checkpoint_beside_the_journal_and_both_verify()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1), size: 5);
        await federation.Clients[0].CoSignAsync();
        var file = Path.Combine(federation.Home.StateFolder, "out.jsonl");
        await federation.SucceedAsync("audit", "export", "test", "-o", file);
        var checkpoint = Path.ChangeExtension(file, ".checkpoint");
        var output = await federation.SucceedAsync("audit", "verify", file, "--checkpoint", checkpoint);
        Assert.Contains("checkpoints of it hold", output, StringComparison.Ordinal);
        File.WriteAllText(checkpoint, File.ReadAllText(checkpoint).Replace("journal\n", "journal\n1"));
        var (code, _, error) = await federation.CommandAsync("audit", "verify", file, "--checkpoint", checkpoint);
        Assert.Equal((int)ExitCode.AuditFailed, code);
        Assert.Contains("out.checkpoint does not hold", error, StringComparison.Ordinal);
    }

    private static async Task<string> Compare(Federation federation, string relation, params string[] files)
    {
        var (code, output, error) = await federation.CommandAsync(["audit", "compare", .. files, "--json"]);
        using var json = JsonDocument.Parse(output);
        Assert.Equal(relation, json.RootElement.GetProperty("relation").GetString());
        Assert.Equal(relation is "same" or "consistent" ? 0 : (int)ExitCode.AuditFailed, code);
        var what = json.RootElement.GetProperty("what").GetString()!;
        Assert.True(code == 0 || error.Contains(JsonEncodedText.Encode(what).ToString(), StringComparison.Ordinal)
            || error.Contains(what, StringComparison.Ordinal), error);
        return what;
    }

    /// <summary>A journal that begins as the coordinator's and goes on in its own way, a hospital a record.</summary>
    private sealed class Book
    {
        private readonly Federation _federation;
        private readonly string _name;
        private readonly MemoryStorage _storage;

        public Book(Federation federation, string name)
        {
            (_federation, _name) = (federation, name);
            _storage = new MemoryStorage(federation.Lines().ToArray());
            using var journal = FactJournal.Open(new Shared(_storage), federation.Time);
            for (var i = 0; i < 6; i++)
                journal.Record(FactJournal.OperatorActor, new ClientInvited($"{name}-{i}", $"Hospital {name}{i}", "", 0));
        }

        public string Checkpoint(int records)
        {
            using var signer = new CheckpointSigner(Identity.Load(_federation.Home.ServerKey));
            using var journal = FactJournal.Open(new MemoryStorage(Lines(records)), _federation.Time);
            return Write($"{_name}-{records}.checkpoint",
                System.Text.Encoding.UTF8.GetBytes(journal.Ask(signer.Sign).Note));
        }

        public string Export(int records) => Write($"{_name}-{records}.jsonl", Lines(records));

        public string Write(string file, byte[] content)
        {
            var path = Path.Combine(_federation.Home.StateFolder, file);
            File.WriteAllBytes(path, content);
            return path;
        }

        private byte[] Lines(int records)
        {
            var lines = System.Text.Encoding.UTF8.GetString(_storage.ToArray()).Split('\n').Take(records);
            return System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
        }
    }

    // The bytes outlive the journal that wrote them.
    private sealed class Shared(MemoryStorage inner) : JournalStorage
    {
        public override string Name => inner.Name;

        public override long Length => inner.Length;

        public override IDisposable Exclude() => inner.Exclude();

        public override Stream Read(long offset) => inner.Read(offset);

        public override void Append(ReadOnlySpan<byte> bytes) => inner.Append(bytes);

        public override void Truncate(long length) => inner.Truncate(length);
    }
}
