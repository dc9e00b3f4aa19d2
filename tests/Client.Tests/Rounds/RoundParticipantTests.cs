using System.Security.Cryptography;
using System.Text;
using FedMeta.Client.Agent;
using FedMeta.Client.Ledger;
using FedMeta.Privacy;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Rounds;

public sealed class RoundParticipantTests : IDisposable
{
    private readonly TestFederation _federation = new();

    public void Dispose() => _federation.Dispose();

    private TestHospital First => _federation.Hospitals[0];

    [Fact]
    public async Task Five_hospitals_complete_a_round_and_each_has_it_in_its_books()
    {
        _federation.ApproveAll();
        var completed = await _federation.RunAsync(1);
        Assert.Equal(5, completed.Included.Count);
        var decoded = new AggregateDecoder(_federation.Study.Mechanism, _federation.Rotation)
            .Decode(completed.Sum[0].ToResidues());
        Assert.All(decoded.Sum, value => Assert.True(double.IsFinite(value)));
        foreach (var hospital in _federation.Hospitals)
        {
            Assert.Equal(
                [
                    FactTypes.Joined, FactTypes.Decided, FactTypes.Grant, FactTypes.Reserve, FactTypes.Sent,
                    FactTypes.Sent, FactTypes.Spend, FactTypes.Sent, FactTypes.Sent, FactTypes.Receipt,
                    FactTypes.Sent, FactTypes.Release, FactTypes.Ended,
                ],
                hospital.Facts);
            Assert.Null(JournalAudit.Run(hospital.Journal.Records()).Problem);
            Assert.Equal(_federation.Study.Mechanism.PerRound,
                hospital.Journal.Ask(s => s.RhoOf(_federation.Study.Hash)));
        }
    }

    [Fact]
    public async Task The_spend_travels_signed_and_stands_in_the_journal_before_the_input_leaves()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        var header = Assert.Single(First.Server.Uploads).Header;
        Assert.True(LedgerEntry.TryRead(header.Spend.Span, out var entry));
        Assert.True(entry.Verify(First.Identity.PublicKey, header.SpendSignature.Span));
        Assert.Equal(LedgerEntryType.Spend, entry.Type);
        Assert.Equal(_federation.Study.Mechanism.PerRound.Units, entry.Cumulative);
        Assert.Equal(_federation.ModelHash, entry.Model);
        Assert.Equal(Sha256Digest.Of(First.Server.Uploads[0].Packed), entry.Message);
        Assert.Equal(LedgerTerms.Of(_federation.Document), entry.Terms);
    }

    [Fact]
    public async Task Nothing_of_a_record_stands_on_the_wire_in_the_journal_or_on_the_screen()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        var age = File.ReadAllLines(First.DataFile)[1].Split(',')[0];
        foreach (var secret in (string[])[TestHospital.Canary, age])
        {
            Assert.DoesNotContain(secret, First.JournalText, StringComparison.Ordinal);
            Assert.DoesNotContain(First.Events, each => each.Text.Contains(secret, StringComparison.Ordinal));
            var bytes = Encoding.UTF8.GetBytes(secret);
            Assert.DoesNotContain(First.Server.Wire, message => message.AsSpan().IndexOf(bytes) >= 0);
        }
    }

    [Fact]
    public async Task A_study_that_was_not_approved_is_refused_and_the_refusal_is_on_record()
    {
        await First.Participant.HandleAsync(_federation.Start(1), default);
        Refused("not-approved");
        First.Decide(_federation.Document, approve: false);
        await First.Participant.HandleAsync(_federation.Start(1), default);
        Refused("not-approved");
        Assert.DoesNotContain(FactTypes.Reserve, First.Facts);
    }

    [Fact]
    public async Task A_round_is_not_answered_twice_not_even_after_a_restart()
    {
        _federation.ApproveAll();
        await First.Participant.HandleAsync(_federation.Start(2), default);
        Assert.NotNull(First.Server.Messages[^1].AdvertiseKeys);
        await First.Participant.HandleAsync(_federation.Start(2), default);
        Refused("round-used");
        First.Restart();
        await First.Participant.HandleAsync(_federation.Start(2), default);
        Refused("round-used");
        await First.Participant.HandleAsync(_federation.Start(1), default);
        Refused("round-used");
    }

    [Fact]
    public async Task The_round_beyond_the_budget_is_refused_however_often_the_server_insists()
    {
        _federation.ApproveAll();
        for (uint round = 1; round <= 3; round++) await _federation.RunAsync(round);
        for (uint attempt = 2; attempt < 5; attempt++)
        {
            await First.Participant.HandleAsync(_federation.Start(3, attempt), default);
            Refused("study-budget-exhausted");
        }

        await First.Participant.HandleAsync(_federation.Start(4), default);
        Refused("unknown-round");
        Assert.Equal(3, First.Server.Uploads.Count);
    }

    [Fact]
    public async Task A_tightened_policy_holds_from_the_next_round_on()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        File.WriteAllText(First.PolicyFilePath, "max_epsilon_per_study = 1.0\n");
        await First.Participant.HandleAsync(_federation.Start(2), default);
        Refused("policy-refuses");
        File.WriteAllText(First.PolicyFilePath, "hours = \"20:00-06:00\"\n");
        await First.Participant.HandleAsync(_federation.Start(2), default);
        Refused("outside-hours");
    }

    [Fact]
    public async Task Another_model_than_the_announced_one_is_refused_and_the_budget_released()
    {
        _federation.ApproveAll();
        _federation.Models[_federation.ModelHash] =
            TestStudy.Model(_federation.Document.Terms, [1, 2, 3], _federation.Study.Hash);
        await First.Participant.HandleAsync(_federation.Start(1), default);
        Assert.Contains("announced", Refused("wrong-model").Detail, StringComparison.Ordinal);
        Assert.Equal(Rho.Zero, First.Journal.Ask(state => state.RhoOf(_federation.Study.Hash)));
    }

    [Fact]
    public async Task A_model_of_another_study_is_refused_though_its_hash_is_right()
    {
        _federation.ApproveAll();
        await Announce(TestStudy.Model(_federation.Document.Terms, [1, 2, 3], new string('b', 64)), 1);
        Refused("wrong-model");
        await Announce(TestStudy.Model(_federation.Document.Terms, [1, 2, 3], _federation.Study.Hash), 2);
        Assert.NotNull(First.Server.Messages[^1].AdvertiseKeys);

        async Task Announce(byte[] model, uint attempt)
        {
            _federation.ModelHash = Sha256Digest.Of(model);
            _federation.Models[_federation.ModelHash] = model;
            await First.Participant.HandleAsync(_federation.Start(1, attempt), default);
        }
    }

    [Fact]
    public async Task The_last_model_of_a_study_is_kept_when_its_hash_is_right()
    {
        _federation.ApproveAll();
        var end = new Protocol.V1.Instruction
        {
            Sequence = 1,
            Round = _federation.Id(0),
            StudyEnd = new Protocol.V1.StudyEnd
            {
                State = "completed",
                ModelHash = Google.Protobuf.ByteString.CopyFrom(_federation.ModelHash.ToArray()),
            },
        };
        await First.Participant.HandleAsync(end, default);
        Assert.True(File.Exists(Path.Combine(First.ModelsPath, $"{_federation.ModelHash}.safetensors")));
        Assert.True(First.Journal.Ask(state => state.Model(_federation.Study.Hash))!.Final);
        _federation.Models[_federation.ModelHash] = [1];
        await _federation.Hospitals[1].Participant.HandleAsync(end, default);
        Assert.DoesNotContain(FactTypes.Adopted, _federation.Hospitals[1].Facts);
    }

    [Fact]
    public async Task A_substituted_key_is_refused_before_any_share_leaves()
    {
        _federation.ApproveAll();
        var state = await _federation.OpenAsync(1);
        await _federation.StepAsync(state, _federation.Id(1), (_, instruction) =>
            instruction.Roster.Entries[4].Keys.ShareKey = instruction.Roster.Entries[3].Keys.MaskKey);
        Refused("protocol-violation");
        Assert.DoesNotContain(First.Server.Messages, message => message.ShareKeys is not null);
        Assert.Contains(FactTypes.Abort, First.Facts);
    }

    [Fact]
    public async Task A_server_with_another_plan_is_refused_by_name()
    {
        _federation.ApproveAll();
        var state = await _federation.OpenAsync(1);
        await _federation.StepAsync(state, _federation.Id(1), (_, instruction) =>
            instruction.Roster.ContextHash = Google.Protobuf.ByteString.CopyFrom(new byte[32]));
        Assert.Equal("ContextDiffers", Refused("protocol-violation").Detail);
    }

    [Fact]
    public async Task A_server_that_asks_for_both_shares_of_a_peer_gets_neither_and_the_spend_stays()
    {
        _federation.ApproveAll();
        var state = await _federation.OpenAsync(1);
        state = await _federation.StepAsync(state, _federation.Id(1));
        state = await _federation.StepAsync(state, _federation.Id(1));
        await _federation.StepAsync(state, _federation.Id(1), (_, instruction) =>
            instruction.Survivors.Dropped.Add(instruction.Survivors.ClientIds[^1]));
        Assert.Equal("PeerInBothLists", Refused("protocol-violation").Detail);
        Assert.DoesNotContain(First.Server.Messages, message => message.Unmask is not null);
        Assert.Equal(_federation.Study.Mechanism.PerRound, First.Journal.Ask(s => s.RhoOf(_federation.Study.Hash)));
    }

    [Fact]
    public async Task A_second_survivor_list_is_not_signed()
    {
        _federation.ApproveAll();
        var state = await _federation.OpenAsync(1);
        state = await _federation.StepAsync(state, _federation.Id(1));
        state = await _federation.StepAsync(state, _federation.Id(1));
        Protocol.V1.Instruction? shown = null;
        await _federation.StepAsync(state, _federation.Id(1), (hospital, instruction) =>
        {
            if (hospital == First) shown = instruction.Clone();
        });
        var before = First.Server.Messages.Count;
        shown!.Survivors.Dropped.Add(shown.Survivors.ClientIds[^1]);
        shown.Survivors.ClientIds.RemoveAt(4);
        await First.Participant.HandleAsync(shown, default);
        Assert.Equal(before, First.Server.Messages.Count);
        Assert.Contains(FactTypes.Refused, First.Facts);
    }

    [Fact]
    public async Task A_roster_below_the_policys_peers_is_refused_before_any_share_leaves()
    {
        using var federation = new TestFederation(hospitals: 6);
        federation.ApproveAll();
        var careful = federation.Hospitals[0];
        File.WriteAllText(careful.PolicyFilePath, "min_peers = 6\n");
        federation.Dead.Add(federation.Hospitals[5]);
        await federation.StepAsync(await federation.OpenAsync(1), federation.Id(1));
        Assert.Equal("the roster has 5 hospitals and this one joins 6", Refused("too-few-peers", careful).Detail);
        Assert.DoesNotContain(careful.Server.Messages, message => message.ShareKeys is not null);
        Assert.Equal(Rho.Zero, careful.Journal.Ask(state => state.RhoOf(federation.Study.Hash)));
        Assert.NotNull(federation.Hospitals[1].Server.Messages[^1].ShareKeys);
    }

    [Fact]
    public async Task A_model_that_the_asked_for_engine_does_not_offer_is_refused_before_the_data_are_read()
    {
        _federation.ApproveAll();
        First.Engine = First.Engine with { Refusal = spec => $"no {spec.Kind} model there" };
        First.Restart();
        await First.Participant.HandleAsync(_federation.Start(1), default);
        Assert.Equal("no logistic model there", Refused("policy-refuses").Detail);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_says_one_word_whatever_the_cause()
    {
        _federation.ApproveAll();
        File.WriteAllText(First.DataFile, $"age,chol,label\n1,{TestHospital.Canary},0\n");
        await First.Participant.HandleAsync(_federation.Start(1), default);
        Assert.DoesNotContain(TestHospital.Canary, Refused("data-unavailable").Detail, StringComparison.Ordinal);
        File.Delete(First.DataFile);
        await First.Participant.HandleAsync(_federation.Start(1, 2), default);
        Refused("data-unavailable");
        Assert.Equal(Rho.Zero, First.Journal.Ask(state => state.RhoOf(_federation.Study.Hash)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100_000)]
    public async Task A_round_that_has_expired_or_stays_open_for_long_is_refused(int seconds)
    {
        _federation.ApproveAll();
        var start = _federation.Start(1);
        start.Start.Expiry = _federation.Now.ToUnixTimeSeconds() + seconds;
        await First.Participant.HandleAsync(start, default);
        Refused("bad-message");
    }

    [Fact]
    public async Task A_malformed_start_is_refused()
    {
        _federation.ApproveAll();
        var start = _federation.Start(1);
        start.Start.RotationSeed = Google.Protobuf.ByteString.CopyFrom(new byte[31]);
        await First.Participant.HandleAsync(start, default);
        Refused("bad-message");
        await First.Participant.HandleAsync(
            new Protocol.V1.Instruction { Sequence = 3, Start = new Protocol.V1.RoundStart() }, default);
        Refused("bad-message");
    }

    [Fact]
    public async Task A_hospital_that_was_given_another_rotation_is_in_no_sum_with_the_others()
    {
        _federation.ApproveAll();
        var start = _federation.Start(1);
        var other = start.Clone();
        other.Start.RotationSeed = Google.Protobuf.ByteString.CopyFrom(Enumerable.Repeat((byte)7, 32).ToArray());
        var roster = new Protocol.V1.Roster
        {
            ContextHash = Google.Protobuf.ByteString.CopyFrom(_federation.Context(start).ComputeHash()),
        };
        foreach (var hospital in _federation.Hospitals)
        {
            await hospital.Participant.HandleAsync(hospital == First ? other : start, default);
            roster.Entries.Add(new Protocol.V1.RosterEntry
            {
                ClientId = hospital.Id,
                Keys = hospital.Server.Messages[^1].AdvertiseKeys,
            });
        }

        foreach (var hospital in _federation.Hospitals)
        {
            await hospital.Participant.HandleAsync(
                new Protocol.V1.Instruction { Sequence = 2, Round = start.Round, Roster = roster }, default);
            Assert.Equal("protocol-violation", hospital.Server.Withdrawal?.Reason);
        }
    }

    [Fact]
    public async Task An_agent_that_is_stopped_before_it_sent_anything_releases_the_round()
    {
        _federation.ApproveAll();
        await First.Participant.HandleAsync(_federation.Start(1), default);
        First.Participant.Dispose();
        Assert.Equal(FactTypes.Abort, First.Facts[^1]);
        Assert.Equal(Rho.Zero, First.Journal.Ask(state => state.RhoOf(_federation.Study.Hash)));
    }

    [Fact]
    public async Task An_agent_that_died_is_out_of_the_round_and_its_reserve_counts_as_spent()
    {
        _federation.ApproveAll();
        var state = await _federation.OpenAsync(1);
        First.Restart();
        state = await _federation.StepAsync(state, _federation.Id(1));
        Assert.DoesNotContain(First.Id, state.Received);
        Assert.Equal(_federation.Study.Mechanism.PerRound, First.Journal.Ask(s => s.RhoOf(_federation.Study.Hash)));
    }

    [Fact]
    public async Task Two_uploads_of_the_same_rows_look_unrelated()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        await _federation.RunAsync(2);
        var (one, two) = (First.Server.Uploads[0].Packed, First.Server.Uploads[1].Packed);
        Assert.NotEqual(SHA256.HashData(one), SHA256.HashData(two));
    }

    private RoundRefused Refused(string word, TestHospital? hospital = null) => (hospital ?? First).Refused(word);
}
