using System.Text;
using System.Text.Json;
using FedMeta.Client.Ledger;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Ledger;

/// <summary>A hospital holds its own entries against the checkpoints that it signed, and those against both
/// keys.</summary>
public sealed class CheckpointAuditTests : IDisposable
{
    private readonly TestFederation _federation = new();

    public void Dispose() => _federation.Dispose();

    private TestHospital First => _federation.Hospitals[0];

    [Fact]
    public async Task An_entry_over_a_checkpoint_that_was_not_the_newest_one_signed_is_found()
    {
        using var server = Identity.Create();
        Join(server);
        _federation.ApproveAll();
        CoSign(server, 3, "three");
        await _federation.RunAsync(1);
        CoSign(server, 8, "eight");
        await _federation.RunAsync(2);
        Assert.Null(JournalAudit.Run(First.Journal.Records()).Problem);
        foreach (var (size, root) in ((long, string)[])[(0, ""), (3, "three"), (8, "other"), (9, "eight")])
        {
            var at = Sha256Digest.Of(Encoding.UTF8.GetBytes(root));
            var (first, outcome) = First.SignedAgain(_ => true, entry => entry.Round == 2
                ? entry with { CheckpointSize = size, CheckpointRoot = size == 0 ? MerkleProof.EmptyRoot : at }
                : entry);
            Assert.Equal("the entry names another checkpoint than the newest one that this hospital signed",
                outcome.Problem);
            Assert.True(first < outcome.WrongRecord);
        }
    }

    [Fact]
    public void A_checkpoint_on_record_that_the_hospital_or_the_coordinator_did_not_sign_is_found()
    {
        using var server = Identity.Create();
        using var other = Identity.Create();
        Join(server);
        _federation.ApproveAll();
        CoSign(server, 3, "three");
        CoSign(server, 8, "eight");
        Assert.Null(JournalAudit.Run(First.Journal.Records()).Problem);
        foreach (var (problem, fact) in ((string, LedgerCoSigned)[])[
            ("the checkpoint is not one of the coordinator's ledger", Signed(other, First.Identity, 9)),
            ("the checkpoint is not one of the coordinator's ledger",
                Signed(server, First.Identity, 9, other, of: server)),
            ("the checkpoint is not signed with the coordinator's key", Signed(other, First.Identity, 9, server)),
            ("the checkpoint is not signed with the hospital's key", Signed(server, other, 9)),
            ("the checkpoint is not longer than the one that was signed before", Signed(server, First.Identity, 3)),
            ("what was signed is no checkpoint", new LedgerCoSigned("x", "", [], [])),
            ("a spend is said to be seen that was not made", Signed(server, First.Identity, 9) with
            {
                Spends = [new SpendSeen(_federation.Study.Hash, 1, 1, 2)],
            }),
        ])
        {
            var last = First.Journal.Records()[^1].Sequence;
            var outcome = First.Audit(record => record.Sequence == last
                ? JsonSerializer.SerializeToElement(fact, FactShapes.Default.LedgerCoSigned) : record.Body);
            Assert.Equal((last, problem), (outcome.WrongRecord, outcome.Problem));
        }

        First.Journal.Record(FactTypes.Trusted, new LedgerTrusted("restored", ""), FactShapes.Default.LedgerTrusted);
        CoSign(server, 2, "two");
        Assert.Null(JournalAudit.Run(First.Journal.Records()).Problem);
    }

    private void Join(Identity server) => First.Journal.Record(
        FactTypes.Joined,
        new ClientJoined(First.Id, "x", server.Pin.ToString(), Convert.ToBase64String(First.Identity.PublicKey)),
        FactShapes.Default.ClientJoined);

    private void CoSign(Identity server, long size, string root) => First.Journal.Record(
        FactTypes.CoSigned, Signed(server, First.Identity, size, root: root), FactShapes.Default.LedgerCoSigned);

    private LedgerCoSigned Signed(
        Identity server,
        Identity hospital,
        long size,
        Identity? ledger = null,
        string root = "root",
        Identity? of = null)
    {
        var origin = LedgerOrigin.Of((ledger ?? server).Pin);
        var head = new Checkpoint(origin, size, Sha256Digest.Of(Encoding.UTF8.GetBytes(root)));
        var note = SignedNote.Sign(head, origin, server).With(NoteSignature.Of(head, First.Id, hospital));
        return new LedgerCoSigned(Encoding.UTF8.GetString(note.ToBytes()),
            Convert.ToBase64String((of ?? ledger ?? server).PublicKey), [], []);
    }
}
