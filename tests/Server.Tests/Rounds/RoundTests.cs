using FedMeta.SecureAgg;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Rounds;

public sealed class RoundTests
{
    [Fact]
    public async Task Two_rounds_give_exactly_the_model_of_the_clear_sums()
    {
        await using var federation = await Federation.WithStudyAsync();
        for (var round = 1; round <= 2; round++)
        {
            var end = await federation.PlayAsync(c => federation.Input(i => ClearModel.Entry(c.Id, i)));
            Assert.True(end.End.Completed);
            Assert.Equal(Federation.Size, end.End.Included.Count);
            var entry = federation.Study.Rounds[round - 1];
            var completed = Assert.IsType<RoundOutcome.Completed>(entry.Outcome);
            Assert.Equal(ClearModel.After(federation, entry, completed.Included, round), completed.Model);
        }

        var state = await federation.UntilAsync(s => s.Studies.Values.Single().IsOver);
        Assert.Equal(StudyStanding.Completed, state.Studies.Values.Single().Standing);
        Assert.Empty(federation.Log.Errors);
    }

    [Theory]
    [InlineData(48)]
    [InlineData(64)]
    public async Task A_study_may_use_a_ring_of_up_to_64_bits(int bits)
    {
        await using var federation = await Federation.WithStudyAsync(
            Drafts.Sound(rounds: 1, layers: "40, 40", extra: $"bits = {bits}"));
        Assert.Equal(bits, federation.Plan.Mechanism.Request.RingBits);
        Assert.Equal(federation.Plan.Mechanism.PaddedDimension * bits / 8, federation.Plan.Aggregation.PackedLength);
        var end = await federation.PlayAsync(c => federation.Input(i => ClearModel.Entry(c.Id, i)));
        Assert.True(end.End.Completed, end.End.Reason);
        var entry = federation.Study.Rounds[0];
        var completed = Assert.IsType<RoundOutcome.Completed>(entry.Outcome);
        Assert.Equal(ClearModel.After(federation, entry, completed.Included, 1), completed.Model);
        Assert.Empty(federation.Log.Errors);
    }

    [Theory]
    [InlineData("AdvertiseKeys", false)]
    [InlineData("ShareKeys", false)]
    [InlineData("CollectMaskedInput", false)]
    [InlineData("CheckConsistency", true)]
    [InlineData("Unmask", true)]
    public async Task A_hospital_that_vanishes_in_any_phase_does_not_stop_the_round(string phase, bool isIncluded)
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 1));
        var gone = federation.Clients[2].Id;
        var end = await federation.PlayAsync(c => federation.Input(i => ClearModel.Entry(c.Id, i)),
            new Dictionary<string, AggregationPhase> { [gone] = Enum.Parse<AggregationPhase>(phase) });
        Assert.True(end.End.Completed, end.End.Reason);
        Assert.Equal(isIncluded, end.End.Included.Contains(gone));
        var entry = federation.Study.Rounds[0];
        var completed = Assert.IsType<RoundOutcome.Completed>(entry.Outcome);
        Assert.Equal(ClearModel.After(federation, entry, completed.Included, 1), completed.Model);
        Assert.Equal(!isIncluded, completed.Excluded.ContainsKey(gone));
    }

    [Fact]
    public async Task Too_few_masked_inputs_abort_the_attempt_and_are_charged()
    {
        await using var federation = await Federation.WithStudyAsync();
        var gone = federation.Clients.Take(3).ToDictionary(c => c.Id, _ => AggregationPhase.CollectMaskedInput);
        var end = await federation.PlayAsync(c => federation.Input(i => ClearModel.Entry(c.Id, i)), gone);
        Assert.False(end.End.Completed);
        Assert.Equal("quorum-missed", end.End.Reason);
        var aborted = Assert.IsType<RoundOutcome.Aborted>(federation.Study.Rounds[0].Outcome);
        Assert.Equal("masked-input", aborted.Phase);
        Assert.Equal(gone.Keys.Order(), aborted.Excluded.Keys);
        Assert.Equal(3, federation.Study.Rounds[0].Inputs.Count);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_a_round_aborts_it_and_the_next_attempt_succeeds()
    {
        await using var federation = await Federation.WithStudyAsync();
        var first = await federation.PlayAsync(c => federation.Input(i => ClearModel.Entry(c.Id, i)));
        Assert.True(first.End.Completed);
        var starts = await Task.WhenAll(federation.Clients.Select(c => c.NextAsync()));
        await Task.WhenAll(federation.Clients.Zip(starts).Select(p => p.First.BeginAsync(federation.Plan, p.Second,
            federation.Input(_ => 1))));
        await federation.UntilAsync(s => s.Studies.Values.Single().Rounds[^1].Rosters.Count > 0);

        await federation.RestartAsync();
        var ends = await Task.WhenAll(federation.Clients.Select(c => c.NextAsync()));
        Assert.All(ends, e => Assert.Equal(RoundOutcome.ServerRestarted, e.End.Reason));
        var second = await federation.PlayAsync(c => federation.Input(i => ClearModel.Entry(c.Id, i)));
        Assert.True(second.End.Completed);
        Assert.Equal((2u, 2u), (second.Round.Round, second.Round.Attempt));
        var entry = federation.Study.Rounds[^1];
        Assert.Equal(ClearModel.After(federation, entry, ((RoundOutcome.Completed)entry.Outcome!).Included, 2),
            ((RoundOutcome.Completed)entry.Outcome!).Model);
    }

    [Fact]
    public async Task What_the_server_receives_looks_uniform_for_very_different_updates()
    {
        await using var federation = await Federation.WithStudyAsync(Drafts.Sound(rounds: 2, layers: "256"));
        foreach (var value in (uint[])[0, 0x7FFF_FFFF])
        {
            var end = await federation.PlayAsync(_ => federation.Input(_ => value));
            Assert.True(end.End.Completed);
            foreach (var client in federation.Clients)
            {
                Assert.InRange(ChiSquare(client.Packed), 120, 420);
                Assert.True(ChiSquare(RingPacking.Pack([RingVector.Of(federation.Input(_ => value), 32)])) > 10_000,
                    "the measure sees a plain vector");
            }
        }
    }

    [Fact]
    public async Task A_hospital_whose_budget_is_used_up_is_not_invited_again()
    {
        await using var federation = await Federation.WithStudyAsync();
        var starts = await Task.WhenAll(federation.Clients.Select(c => c.NextAsync()));
        var poor = federation.Clients[0];
        await poor.Rounds.SendAsync(new Protocol.V1.PhaseMessage
        {
            Round = starts[0].Round,
            Withdraw = new Protocol.V1.Withdraw { Reason = "study-budget-exhausted" },
        });
        var others = federation.Clients.Skip(1).ToList();
        foreach (var (client, start) in others.Zip(starts.Skip(1)))
            Assert.True((await client.BeginAsync(federation.Plan, start, federation.Input(_ => 1))).Accepted);
        var model = starts[0].Start.ModelHash;
        for (var phase = 1; phase <= 4; phase++)
        {
            var next = await Task.WhenAll(others.Select(c => c.NextAsync()));
            var acks = await Task.WhenAll(others.Zip(next).Select(p => p.First.AnswerAsync(federation.Plan, p.Second,
                model)));
            Assert.All(acks, a => Assert.True(a.Accepted, a.Refusal));
        }

        await Task.WhenAll(others.Select(c => c.NextAsync()));
        Assert.Equal("withdrew: study-budget-exhausted", federation.Study.Rounds[0].Outcome!.Excluded[poor.Id]);
        Assert.DoesNotContain(poor.Id, StudyProspects.Eligible(federation.Journal.State, federation.Study));
    }

    private static double ChiSquare(byte[] bytes)
    {
        var counts = new int[256];
        foreach (var b in bytes)
            counts[b]++;
        var expected = bytes.Length / 256.0;
        return counts.Sum(c => (c - expected) * (c - expected) / expected);
    }
}
