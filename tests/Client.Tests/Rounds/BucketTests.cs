using FedMeta.Client.Budget;
using FedMeta.Client.Ledger;
using FedMeta.Client.Policy;
using FedMeta.Client.Studies;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.SecureAgg;
using Google.Protobuf;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>A hospital in a study with groups: it knows its own, and answers in no other.</summary>
public sealed class BucketTests : IDisposable
{
    private readonly TestFederation _federation = new(TestStudy.Bucketed, hospitals: 16);

    public void Dispose() => _federation.Dispose();

    private TestHospital Hospital(string id) => _federation.Hospitals.Single(each => each.Id == id);

    private async Task<V1.Instruction> StartAsync()
    {
        _federation.ApproveAll();
        var start = _federation.Start(1);
        foreach (var hospital in _federation.Hospitals) await hospital.Participant.HandleAsync(start, default);
        return start;
    }

    private V1.RosterEntry Entry(string id) => new()
    {
        ClientId = id,
        Keys = Hospital(id).Server.Messages.Single(each => each.AdvertiseKeys is not null).AdvertiseKeys,
    };

    private V1.Instruction Roster(byte[] context, IEnumerable<string> clients) => new()
    {
        Sequence = 2,
        Round = _federation.Id(1),
        Roster = new V1.Roster
        {
            ContextHash = ByteString.CopyFrom(context),
            Entries = { clients.Order(StringComparer.Ordinal).Select(Entry) },
        },
    };

    [Fact]
    public async Task Each_group_sums_its_own_members_and_each_hospital_attests_to_its_own_group()
    {
        var start = await StartAsync();
        var groups = _federation.Groups(1);
        Assert.Equal([5, 5, 6], groups.Select(group => group.Count).Order());
        for (var number = 1; number <= groups.Count; number++)
        {
            ServerState state = ServerAdvertiseKeys.Start(_federation.Context(start, number));
            foreach (var id in groups[number - 1])
                Assert.Null(state.Receive(id, CoordinatorWire.Read(Hospital(id).Server.Messages[^1])));
            for (var phase = 0; phase < 4; phase++) state = await _federation.StepAsync(state, _federation.Id(1));
            var completed = Assert.IsType<ServerCompleted>(state.Close().State);
            Assert.Equal(groups[number - 1], completed.Included);
        }

        foreach (var hospital in _federation.Hospitals)
        {
            await hospital.Participant.HandleAsync(
                new V1.Instruction { Sequence = 9, Round = _federation.Id(1), End = new V1.RoundEnd() }, default);
            var ended = hospital.Journal.Records().Single(record => record.Type == FactTypes.Ended);
            foreach (var group in groups)
            {
                Assert.All(group, id => Assert.Equal(group.Contains(hospital.Id),
                    ended.Body.GetRawText().Contains($"\"{id}\"", StringComparison.Ordinal)));
            }

            var audit = JournalAudit.Run(hospital.Journal.Records());
            Assert.Null(audit.Problem);
            Assert.Equal(_federation.Study.Mechanism.PerRound,
                hospital.Journal.Ask(state => state.RhoOf(_federation.Study.Hash)));
        }
    }

    [Fact]
    public async Task A_server_that_puts_a_hospital_into_another_group_is_refused()
    {
        var start = await StartAsync();
        var groups = _federation.Groups(1);
        var victim = Hospital(groups[0][0]);
        var context = _federation.Context(start, 2);
        var moved = groups[1].Append(victim.Id).ToDictionary(id => id, id => _federation.Study.Members[id]);
        await victim.Participant.HandleAsync(
            Roster((context with { Members = moved }).ComputeHash(), moved.Keys), default);
        Assert.Equal("protocol-violation", victim.Server.Withdrawal.Reason);
        Assert.Equal(nameof(ClientRefusal.ContextDiffers), victim.Server.Withdrawal.Detail);
        Assert.Empty(victim.Server.Uploads);
        Assert.DoesNotContain(FactTypes.Spend, victim.Facts);
    }

    [Fact]
    public async Task A_server_that_adds_a_hospital_of_another_group_to_the_roster_is_refused()
    {
        var start = await StartAsync();
        var groups = _federation.Groups(1);
        var victim = Hospital(groups[0][0]);
        await victim.Participant.HandleAsync(
            Roster(_federation.Context(start, 1).ComputeHash(), groups[0].Append(groups[1][0])), default);
        Assert.Equal("protocol-violation", victim.Server.Withdrawal.Reason);
        Assert.NotEqual(nameof(ClientRefusal.ContextDiffers), victim.Server.Withdrawal.Detail);
        Assert.Empty(victim.Server.Uploads);
    }

    [Fact]
    public async Task The_policys_peers_are_counted_in_the_roster_of_the_group()
    {
        using var federation = new TestFederation(
            TestStudy.Bucketed.Replace("min_peers = 5", "min_peers = 5\nbucket_size = 6", StringComparison.Ordinal),
            hospitals: 18);
        federation.ApproveAll();
        var group = federation.Groups(1)[0];
        var victim = federation.Hospitals.Single(each => each.Id == group[0]);
        File.WriteAllText(victim.PolicyFilePath, "min_peers = 6\n");
        var start = federation.Start(1);
        ServerState state = ServerAdvertiseKeys.Start(federation.Context(start, 1));
        foreach (var hospital in group.Take(5).Select(id => federation.Hospitals.Single(each => each.Id == id)))
        {
            await hospital.Participant.HandleAsync(start, default);
            Assert.Null(state.Receive(hospital.Id, CoordinatorWire.Read(hospital.Server.Messages[^1])));
        }

        await federation.StepAsync(state, start.Round);
        Assert.Equal("the roster has 5 hospitals and this one joins 6", victim.Refused("too-few-peers").Detail);
    }

    [Fact]
    public void The_plan_the_ring_and_the_forecast_are_those_of_one_group()
    {
        var study = _federation.Study;
        Assert.Equal((6, 4, 3), (study.Aggregation.MaxClients, study.Aggregation.Threshold, study.Groups!.Value.Count));
        Assert.Equal(6, study.Mechanism.Request.MaxClients);
        Assert.Equal(3, study.Mechanism.HonestShares);
        var verdict = Verify(_federation.Document, new HospitalPolicy());
        Assert.Empty(verdict.Objections);
        var forecast = StudyForecast.Of(study, verdict.Limits!, new HospitalPolicy(),
            new BudgetStanding(Rho.Zero, Rho.Zero, Rho.Zero, Rho.Zero, Rho.Zero));
        Assert.Equal((5, 3), (forecast.Crowd, forecast.Groups));
    }

    [Fact]
    public void A_policy_that_wants_more_peers_than_a_group_has_refuses_the_study()
    {
        var objection = Assert.Single(Verify(_federation.Document, new HospitalPolicy { MinPeers = 6 }).Objections);
        Assert.Equal(StudyObjectionKind.Policy, objection.Kind);
        Assert.Contains("a group of the study has 5 members", objection.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mechanism_that_was_planned_for_all_members_is_refused()
    {
        var (document, _) = TestStudy.Resolve(_federation.Hospitals.Select(each => each.Member), TestStudy.Bucketed,
            table => table["max_clients"] = "16");
        var verdict = Verify(document, new HospitalPolicy());
        Assert.Contains(verdict.Objections, each => each.What.Contains("this hospital computes 6",
            StringComparison.Ordinal));
        Assert.Null(verdict.Study);
    }

    private StudyVerdict Verify(StudyDocument document, HospitalPolicy policy) => StudyVerification.Verify(
        document, "site-0", Hospital("site-0").Identity.PublicKey, policy);
}
