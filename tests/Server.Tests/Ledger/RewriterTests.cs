using System.Text;
using FedMeta.Protocol;
using FedMeta.Server.Audit;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Ledger;

/// <summary>
/// A coordinator that rewrites its journal and chains all of it anew. The records that only it vouches for can be
/// changed so without a trace, until a checkpoint is held against them.
/// </summary>
public sealed class RewriterTests
{
    [Fact]
    public async Task A_rewritten_record_passes_without_checkpoints_and_is_found_with_them()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1), size: 5);
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver && !s.Ledger.IsDue);
        foreach (var client in federation.Clients)
            await client.CoSignAsync();
        var kept = federation.Journal.State.Ledger.Newest!.ToBytes();
        Fact Lie(Fact fact) => fact is ClientInvited { Name: "Hospital 3" } f ? f with { Name = "Hospital 9" } : fact;

        // With no checkpoint in it and none beside it, the lie stands: a chain is no witness.
        var (bare, _) = Rewritten(federation, fact => fact is LedgerCheckpoint or LedgerCoSigned ? null : Lie(fact));
        Assert.Null(JournalAudit.Run(new MemoryStream(bare), null).Finding);
        var found = Against(bare, kept);
        Assert.Equal("kept.checkpoint", found?.Where);

        // Its own old checkpoints speak against it, at the first that covers the lie.
        var (signed, first) = Rewritten(federation, Lie);
        var finding = JournalAudit.Run(new MemoryStream(signed), null).Finding;
        Assert.Equal(first, finding?.Record);
        Assert.Contains("not those that were signed", finding!.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rewriter_who_signs_the_new_tree_again_has_the_hospitals_signatures_against_it()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1), size: 5);
        await federation.Clients[0].CoSignAsync();
        var kept = federation.Journal.State.Ledger.Newest!.ToBytes();
        using var key = Identity.Load(federation.Home.ServerKey);
        var origin = LedgerOrigin.Of(key.Pin);
        var tree = new JournalTree();
        var (again, _) = Rewritten(federation, fact => fact switch
        {
            ClientInvited { Name: "Hospital 3" } f => f with { Name = "Hospital 9" },
            LedgerCheckpoint f => f with
            {
                Note = Encoding.UTF8.GetString(
                    SignedNote.Sign(tree.Checkpoint(origin, tree.Size), origin, key).ToBytes()),
            },
            LedgerCoSigned => null,
            _ => fact,
        }, tree.Append);
        Assert.Null(JournalAudit.Run(new MemoryStream(again), null).Finding);
        Assert.Equal("kept.checkpoint", Against(again, kept)?.Where);

        // The hospital's signature cannot be carried over.
        var line = federation.Journal.State.Ledger.CoSigners.Values.Single();
        Assert.True(Checkpoint.TryRead(kept, out var note, out _));
        var forged = JournalAudit.RunWith(new MemoryStream(again), new AuditFiles
        {
            Checkpoints = [("forged", SignedNote.Sign(tree.Checkpoint(origin, 5), origin, key)
                .With(note.Signatures.Single(s => s.Name == federation.Clients[0].Id)).ToBytes())],
        }).Finding;
        Assert.Contains("is not by a member's key", forged?.What, StringComparison.Ordinal);
        Assert.StartsWith("—", line.Line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_under_a_checkpoint_that_its_hospital_did_not_give_is_found()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1), size: 5);
        await federation.Clients[0].CoSignAsync();
        var (size, client) = (federation.Journal.State.Ledger.CoSigners.Values.Single().Size, federation.Clients[0].Id);
        var head = federation.Journal.State.Ledger.Checkpoints[size].Head;
        foreach (var forged in (NoteSignature[])[
            NoteSignature.Of(head, client, federation.Clients[1].Identity),
            NoteSignature.Of(head with { Root = default }, client, federation.Clients[0].Identity)])
        {
            var (lines, _) = Rewritten(federation, fact =>
                fact is LedgerCoSigned f ? f with { Line = forged.ToLine() } : fact);
            Assert.Contains("is not signed with the key of",
                JournalAudit.Run(new MemoryStream(lines), null).Finding?.What, StringComparison.Ordinal);
        }

        // In a file, twice under one name: neither counts as another hospital's.
        var kept = federation.Journal.State.Ledger.Checkpoints[size].ToBytes();
        Assert.True(SignedNote.TryRead(kept, out var note));
        var again = NoteSignature.Of(head, client, federation.Clients[0].Identity);
        var journal = federation.Lines().ToArray();
        Assert.Null(Against(journal, kept));
        Assert.Contains("two signatures of one name", Against(journal, note.With(again).ToBytes())?.What,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_was_cut_off_is_found_by_its_checkpoint()
    {
        var ledger = await SmallLedger.MakeAsync();
        var lines = ledger.Journal.AsSpan().Count((byte)'\n');
        var cut = ledger.Journal[..(ledger.Journal.AsSpan(0, ledger.Journal.Length - 1).LastIndexOf((byte)'\n') + 1)];
        Assert.Null(JournalAudit.Run(new MemoryStream(cut), null).Finding);
        var finding = ledger.Audit(journal: cut).Finding;
        Assert.Equal(SmallLedger.CheckpointName, finding?.Where);
        Assert.Contains($"it has {lines - 1} records and the checkpoint was signed over {lines}", finding!.What,
            StringComparison.Ordinal);
    }

    private static AuditFinding? Against(byte[] journal, byte[] checkpoint) => JournalAudit.RunWith(
        new MemoryStream(journal), new AuditFiles { Checkpoints = [("kept.checkpoint", checkpoint)] }).Finding;

    // The records again with the lie told, chained anew with their own times, and the first checkpoint's number.
    private static (byte[] Journal, long FirstCheckpoint) Rewritten(Federation federation, Func<Fact, Fact?> lie,
        Action<JournalRecord>? observe = null)
    {
        using var storage = new MemoryStorage();
        var time = new RecordTime();
        using var journal = Journal.Open(storage, time, observe);
        var first = 0L;
        JournalFile.Verify(federation.Lines(), record =>
        {
            if (lie(FactCodec.Read(record.Type, record.Body)!) is not { } fact)
                return;
            var (type, body) = FactCodec.Write(fact);
            time.Now = record.Time;
            var written = journal.Append(new JournalEntry(record.Actor, type, body));
            if (first == 0 && fact is LedgerCheckpoint)
                first = written.Sequence;
        });
        return (storage.ToArray(), first);
    }

    private sealed class RecordTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
