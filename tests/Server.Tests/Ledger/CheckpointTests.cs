using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Tests.Harness;
using Google.Protobuf;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Server.Tests.Ledger;

public sealed class CheckpointTests
{
    [Fact]
    public async Task Each_decision_start_and_end_is_covered_by_a_checkpoint_at_once()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);
        await federation.UntilAsync(s => s.Studies.Values.Single().IsOver && !s.Ledger.IsDue);
        var due = new List<long>();
        var checkpoints = new List<long>();
        JournalFile.Verify(federation.Lines(), record =>
        {
            var fact = FactCodec.Read(record.Type, record.Body);
            if (fact is StudyDecided or StudyStarted or RoundCompleted or StudyEnded)
                due.Add(record.Sequence);
            if (fact is LedgerCheckpoint)
                checkpoints.Add(record.Sequence - 1);
        });
        Assert.Equal(Federation.Size + 3, due.Count);
        Assert.All(due, record => Assert.Contains(checkpoints, size => size >= record));
        Assert.Equal(checkpoints, federation.Journal.State.Ledger.Checkpoints.Keys);
    }

    [Fact]
    public async Task A_hospital_is_shown_proofs_that_hold_and_its_own_spends_alone()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        var (early, _) = await federation.Clients[0].CoSignAsync();
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);
        var spend = new V1.RoundId
        {
            StudyHash = ByteString.CopyFrom(Convert.FromHexString(federation.Study.Hash)),
            Round = 1,
            Attempt = 1,
        };
        var old = Head(early.Note);
        var request = new CheckpointRequest { KnownSize = (ulong)old.Size, Spends = { spend } };
        var shown = await federation.Clients[0].Ledger.GetCheckpointAsync(request);
        var head = Head(shown.Note);
        Assert.True(head.Size > old.Size);
        Assert.True(MerkleProof.VerifyConsistency(old.Size, old.Root, head.Size, head.Root, Hashes(shown.Consistency)));
        Assert.True(SignedNote.TryRead(shown.KnownNote.Span, out var known));
        Assert.True(known.IsSignedBy(federation.Clients[0].Id, federation.Clients[0].Identity.PublicKey));
        var record = federation.Study.Rounds[0].Inputs[federation.Clients[0].Id].Origin.Record;
        var line = Assert.Single(shown.Lines);
        Assert.Equal(federation.Journal.Line(record), line.Line.ToByteArray());
        Assert.True(MerkleProof.VerifyInclusion(MerkleProof.LeafHash(line.Line.Span), record - 1, head.Size,
            Hashes(line.Path), head.Root));
        Assert.Contains(federation.Clients[0].Id, line.Line.ToStringUtf8(), StringComparison.Ordinal);
        Assert.Equal(federation.Home.ServerPin(), KeyPin.Of(shown.ServerKey.Span));
    }

    [Fact]
    public async Task A_spend_that_was_taken_is_shown_in_the_middle_of_its_round_too()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        var asking = federation.Clients[0];
        CheckpointReply? shown = null;
        asking.Tamper = message =>
        {
            if (message is SecureAgg.ConsistencySignature)
            {
                shown = asking.Ledger.GetCheckpoint(new CheckpointRequest
                {
                    Spends =
                    {
                        new V1.RoundId
                        {
                            StudyHash = ByteString.CopyFrom(Convert.FromHexString(federation.Study.Hash)),
                            Round = 1,
                            Attempt = 1,
                        },
                    },
                });
            }

            return message;
        };
        Assert.True((await federation.PlayAsync(_ => federation.Input(i => (uint)i))).End.Completed);
        var record = federation.Study.Rounds[0].Inputs[asking.Id].Origin.Record;
        Assert.Equal(federation.Journal.Line(record), Assert.Single(shown!.Lines).Line.ToByteArray());
        Assert.True(Head(shown.Note).Size >= record);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData((ulong)long.MaxValue + 1)]
    [InlineData(1_000_000ul)]
    public async Task A_size_that_the_journal_never_had_gets_no_proof_and_does_no_harm(ulong size)
    {
        await using var federation = await Federation.WithStudyAsync();
        var request = new CheckpointRequest { KnownSize = size };
        request.Spends.AddRange(Enumerable.Range(0, 2000).Select(i => new V1.RoundId { Round = (uint)i }));
        var shown = await federation.Clients[0].Ledger.GetCheckpointAsync(request);
        Assert.Empty(shown.Consistency);
        Assert.Empty(shown.Lines);
        Assert.True(shown.KnownNote.IsEmpty);
        var ack = await federation.Clients[0].Ledger.CoSignAsync(new CoSignature { Size = size, Line = "x" });
        Assert.Equal("malformed", ack.Refusal);
        Assert.Empty(federation.Log.Errors);
    }

    [Fact]
    public async Task A_signature_is_taken_once_and_only_from_its_owner_over_what_was_shown()
    {
        await using var federation = await Federation.WithStudyAsync();
        await federation.UntilAsync(s => s.Studies.Values.Single().Started is not null && !s.Ledger.IsDue);
        var (client, other) = (federation.Clients[0], federation.Clients[1]);
        var head = Head((await client.Ledger.GetCheckpointAsync(new CheckpointRequest())).Note);
        async Task<string> Refused(Checkpoint signed, ScriptedClient signer, string name, long size) =>
            (await client.Ledger.CoSignAsync(new CoSignature
            {
                Size = (ulong)size,
                Line = NoteSignature.Of(signed, name, signer.Identity).ToLine(),
            })).Refusal;
        Assert.Equal("malformed", await Refused(head, other, other.Id, head.Size));
        Assert.Equal("bad-signature", await Refused(head, other, client.Id, head.Size));
        Assert.Equal("bad-signature", await Refused(head with { Root = default }, client, client.Id, head.Size));
        Assert.Equal("unknown-checkpoint", await Refused(head, client, client.Id, head.Size + 1));
        Assert.Empty(federation.Journal.State.Ledger.CoSigners);
        Assert.True((await client.CoSignAsync()).Ack.Accepted);
        Assert.Equal("signed-before", (await client.CoSignAsync()).Ack.Refusal);
        Assert.Equal([client.Id], federation.Journal.State.Ledger.NewestCoSigned!.CoSignatures.Keys);

        var stranger = await federation.JoinAsync("No member");
        Assert.Equal("not-a-member", (await stranger.CoSignAsync()).Ack.Refusal);
    }

    [Fact]
    public async Task Checkpoints_and_signatures_are_there_after_a_restart()
    {
        await using var federation = await Federation.WithStudyAsync();
        await federation.Clients[0].CoSignAsync();
        var before = federation.Journal.State.Ledger;
        await federation.RestartAsync();
        var after = federation.Journal.State.Ledger;
        Assert.Equal(before.NewestCoSigned!.ToBytes(), after.NewestCoSigned!.ToBytes());
        Assert.Equal(before.Checkpoints.Keys, after.Checkpoints.Keys.Take(before.Checkpoints.Count));
        Assert.True((await federation.Clients[1].CoSignAsync()).Ack.Accepted);
    }

    [Fact]
    public async Task A_coordinator_whose_key_is_not_its_journal_s_does_not_start()
    {
        await using var federation = await Federation.StartAsync();
        using var other = new TestHome(federation.Time);
        await federation.Host.DisposeAsync();
        File.Copy(other.Home.ServerKey, federation.Home.ServerKey, overwrite: true);
        File.Copy(other.Home.ServerCertificate, federation.Home.ServerCertificate, overwrite: true);
        var fault = await Assert.ThrowsAsync<FedMetaException>(federation.ServeAsync);
        Assert.Equal(ExitCode.Configuration, fault.Code);
    }

    private static Checkpoint Head(ByteString note)
    {
        Assert.True(Checkpoint.TryRead(note.Span, out _, out var head));
        return head;
    }

    private static List<Sha256Digest> Hashes(IEnumerable<ByteString> bytes) =>
        [.. bytes.Select(each => new Sha256Digest(each.Span))];
}
