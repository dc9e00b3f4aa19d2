using System.Text;
using FedMeta.Protocol.V1;
using FedMeta.SecureAgg;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Tests.Harness;
using AttemptId = FedMeta.SecureAgg.RoundId;

namespace FedMeta.Server.Tests.Rounds;

public sealed class RoundAttemptTests
{
    [Fact]
    public async Task A_phase_has_its_own_deadline_before_anyone_hears_of_it()
    {
        await using var federation = await Federation.WithStudyAsync();
        await federation.UntilAsync(s => s.Studies.Values.Single().Standing == StudyStanding.Running);
        var plan = Plan(federation);
        federation.Journal.Record(FactJournal.ServerActor, new RoundStarted(plan.Study, 1, 1,
            federation.Plan.InitialModel, Convert.ToBase64String(new byte[32]),
            plan.Context.Expiry.ToUnixTimeSeconds(), plan.Invited));
        RoundAttempt? sum = null;
        var told = new List<(string Phase, TimeSpan Late)>();
        sum = new RoundAttempt(plan, federation.Journal, new Post(deadline =>
            told.Add((sum!.Wait.Phase, deadline - sum.Wait.Until))), federation.Time);
        using var stop = new CancellationTokenSource();
        foreach (var client in federation.Clients)
            Assert.Null(sum.Receive(client.Id, Keys(federation, client, plan)));
        var playing = sum.RunAsync(federation.Time.GetUtcNow() + plan.Deadline, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => playing);
        Assert.Equal(Enumerable.Repeat(("share-keys", TimeSpan.Zero), Federation.Size), told);
    }

    [Fact]
    public async Task A_sum_that_is_over_takes_nothing_more_and_so_charges_nobody()
    {
        await using var federation = await Federation.WithStudyAsync();
        var plan = Plan(federation);
        var sum = new RoundAttempt(plan, federation.Journal, new Post(_ => { }), federation.Time);
        using var stop = new CancellationTokenSource();
        var playing = sum.RunAsync(federation.Time.GetUtcNow() + plan.Deadline, stop.Token);
        Assert.Equal("too-early", sum.MayUpload(federation.Clients[0].Id));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => playing);
        Assert.True(sum.IsOver);
        Assert.Equal("round-not-open", sum.MayUpload(federation.Clients[0].Id));
        Assert.Equal("round-not-open", sum.Receive(federation.Clients[0].Id,
            Keys(federation, federation.Clients[0], plan)));
    }

    [Fact]
    public async Task Fewer_hospitals_than_the_quorum_are_not_called_to_be_charged_in_vain()
    {
        await using var federation = await Federation.WithStudyAsync(Encoding.UTF8.GetBytes(Encoding.UTF8
            .GetString(Drafts.Sound()).Replace("deadline", "quorum = 6\ndeadline", StringComparison.Ordinal)));
        Assert.Equal(6, StudyProspects.SmallestRoster(federation.Plan));
    }

    // The hospitals do not ask for instructions, so the study's own runner announces nothing.
    private static RoundPlan Plan(Federation federation)
    {
        var plan = federation.Plan;
        var group = plan.Groups(1, 1, plan.InitialModel)[0];
        var expiry = federation.Time.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        return new RoundPlan(federation.Study.Hash, plan, 1, 1, group, group.Members,
            RoundAnnouncer.Context(federation.Study.Hash, plan, 1, 1, plan.InitialModel, expiry, new byte[32], group),
            plan.Deadline);
    }

    private static AdvertiseKeysMessage Keys(Federation federation, ScriptedClient client, RoundPlan plan) =>
        (AdvertiseKeysMessage)ClientAdvertiseKeys.Start(plan.Context, client.Id, client.Identity.Key,
            [RingVector.Of(federation.Input(i => (uint)i), plan.Context.Parameters.Vectors[0].RingBits)],
            federation.Random, null as AttemptId?, federation.Time.GetUtcNow()).Outgoing!;

    private sealed class Post(Action<DateTimeOffset> told) : IRoundPost
    {
        public void Send(string client, RoundPlan plan, Instruction body, DateTimeOffset deadline) => told(deadline);

        public void PhaseChanged(RoundPlan plan)
        {
            // Nobody watches.
        }
    }
}
