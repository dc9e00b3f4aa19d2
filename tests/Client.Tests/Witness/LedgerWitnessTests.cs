using FedMeta.Client.Agent;
using FedMeta.Client.Ledger;
using FedMeta.Protocol;
using Google.Protobuf;
using Grpc.Core;

namespace FedMeta.Client.Tests.Witness;

public sealed class LedgerWitnessTests
{
    private readonly ScriptedLedger _ledger = new ScriptedLedger().Record("server.initialised").Record();

    [Fact]
    public async Task An_honest_ledger_is_signed_after_it_is_on_record_and_each_time_from_the_last()
    {
        using var hospital = new WitnessHospital(_ledger);
        await hospital.LookAsync();
        Assert.Equal(FactTypes.CoSigned, hospital.Facts.Last());
        Assert.Equal(2, hospital.State.Last!.Head.Size);
        hospital.SpendAndTake(1);
        _ledger.Record();
        await hospital.LookAsync();
        Assert.Equal([0UL, 2UL], _ledger.Requests.Select(each => each.KnownSize));
        Assert.Equal([2UL, 4UL], _ledger.CoSigned.Select(each => each.Size));
        var fact = hospital.Journal.Records()[^1].Read(FactShapes.Default.LedgerCoSigned);
        Assert.Equal((1u, 1u, 3L), (fact.Spends.Single().Round, fact.Spends[0].Attempt, fact.Spends[0].Record));
        Assert.True(NoteSignature.TryRead(_ledger.CoSigned[^1].Line, out var line));
        Assert.True(line.Verify(_ledger.Head().ToNoteText(), WitnessHospital.Id, hospital.Identity.PublicKey));
        Assert.True(hospital.State.Last.Note.IsSignedBy(_ledger.Origin, _ledger.Key.PublicKey));
        Assert.Empty(hospital.State.Unseen);
        Assert.Empty(hospital.Events);
        hospital.Witness.ThrowIfBroken();
    }

    [Fact]
    public async Task The_same_checkpoint_is_signed_once()
    {
        using var hospital = new WitnessHospital(_ledger);
        await hospital.LookAsync();
        await hospital.LookAsync();
        Assert.Single(_ledger.CoSigned);
    }

    [Fact]
    public async Task A_hospital_that_approved_nothing_asks_for_nothing()
    {
        using var hospital = new WitnessHospital(_ledger);
        using var journal = HospitalJournal.Open(new MemoryStorage(), "x", TimeProvider.System);
        using var witness = new Client.Witness.LedgerWitness(_ledger, journal, new(journal), hospital.Identity, "x",
            _ledger.Key.Pin, new(hospital.Evidence, TimeProvider.System), () => new(), hospital.Events.Add);
        await witness.LookAsync(CancellationToken.None);
        Assert.Empty(_ledger.Requests);
    }

    [Fact]
    public async Task Others_count_only_where_they_signed_the_very_checkpoint_that_this_hospital_signed()
    {
        using var hospital = new WitnessHospital(_ledger);
        await hospital.LookAsync();
        _ledger.Lines.Add(NoteSignature.Of(_ledger.Head(), "site-1", hospital.Others[0]));
        _ledger.Lines.Add(NoteSignature.Of(_ledger.Head() with { Root = default }, "site-2", hospital.Others[1]));
        _ledger.Lines.Add(NoteSignature.Of(_ledger.Head(), "site-3", hospital.Others[0]));
        _ledger.Record();
        await hospital.LookAsync();
        Assert.Equal(["site-1"], hospital.State.Others);
    }

    [Fact]
    public async Task Signatures_of_others_under_another_checkpoint_than_the_one_that_was_signed_count_for_nothing()
    {
        using var hospital = new WitnessHospital(_ledger);
        await hospital.LookAsync();
        _ledger.Record();
        var other = _ledger.Head();
        _ledger.Tamper = reply => reply.KnownNote = Google.Protobuf.ByteString.CopyFrom(
            SignedNote.Sign(other, _ledger.Origin, _ledger.Key)
                .With(NoteSignature.Of(other, "site-1", hospital.Others[0])).ToBytes());
        await hospital.LookAsync();
        Assert.Equal(2, _ledger.CoSigned.Count);
        Assert.Empty(hospital.State.Others);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_coordinator_that_is_silent_or_signs_with_another_key_is_borne_for_three_rounds(bool silent)
    {
        using var hospital = new WitnessHospital(_ledger);
        using var other = new ScriptedLedger();
        if (silent) _ledger.Fault = new RpcException(new Status(StatusCode.Unavailable, "away"));
        else _ledger.Tamper = reply => reply.Note = ByteString.CopyFrom(
            SignedNote.Sign(_ledger.Head(), _ledger.Origin, other.Key).ToBytes());
        for (var round = 1u; round <= 3; round++)
        {
            Assert.Null(await hospital.ObjectionAsync());
            hospital.SpendAndTake(round);
            await hospital.LookAsync();
            var said = 3 - round > 0 ? $"{3 - round} more" : "no further round";
            Assert.Contains(hospital.Events, each => each.Kind == AgentEventKind.Ledger
                && each.Text.Contains(said, StringComparison.Ordinal));
        }

        Assert.Equal(RoundRefusal.LedgerWithheld, (await hospital.ObjectionAsync())?.Refusal);
        hospital.Restart();
        Assert.Equal(RoundRefusal.LedgerWithheld, (await hospital.ObjectionAsync())?.Refusal);
        (_ledger.Fault, _ledger.Tamper) = (null, _ => { });
        Assert.Null(await hospital.ObjectionAsync());
        Assert.Empty(hospital.State.Unseen);
    }

    [Fact]
    public async Task A_policy_may_shorten_the_patience()
    {
        using var hospital = new WitnessHospital(_ledger) { Policy = new() { MaxUnwitnessedRounds = 1 } };
        _ledger.Fault = new RpcException(new Status(StatusCode.Unavailable, "away"));
        hospital.SpendAndTake(1);
        Assert.Equal(RoundRefusal.LedgerWithheld, (await hospital.ObjectionAsync())?.Refusal);
    }

    [Fact]
    public async Task A_spend_that_was_lost_on_the_way_need_not_be_there()
    {
        using var hospital = new WitnessHospital(_ledger);
        hospital.Spend(1);
        await hospital.LookAsync();
        Assert.Single(_ledger.CoSigned);
        Assert.Single(hospital.State.Unseen);
        hospital.Witness.ThrowIfBroken();
    }

    [Fact]
    public async Task After_somebody_decided_to_go_on_the_next_checkpoint_is_the_first()
    {
        using var hospital = new WitnessHospital(_ledger);
        await hospital.LookAsync();
        hospital.SpendAndTake(1);
        _ledger.Restore(1);
        await hospital.LookAsync();
        hospital.Violation();
        Assert.Equal(RoundRefusal.LedgerViolated, (await hospital.ObjectionAsync())?.Refusal);
        hospital.Restart();
        Assert.Equal(RoundRefusal.LedgerViolated, (await hospital.ObjectionAsync())?.Refusal);
        hospital.Journal.Record(FactTypes.Trusted, new LedgerTrusted("the operator restored a backup", ""),
            FactShapes.Default.LedgerTrusted);
        await hospital.LookAsync();
        hospital.Witness.ThrowIfBroken();
        Assert.Null(await hospital.ObjectionAsync());
        Assert.Equal(1, hospital.State.Last!.Head.Size);
    }
}
