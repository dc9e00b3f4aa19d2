using FedMeta.Client.Agent;
using FedMeta.Client.Budget;
using FedMeta.Client.Ledger;
using FedMeta.Privacy;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>Rounds of a study that samples its patients in secret.</summary>
public sealed class SampledRoundTests : IDisposable
{
    private readonly TestFederation _federation = new(TestStudy.Sampled);

    public void Dispose() => _federation.Dispose();

    [Fact]
    public async Task A_sampled_study_runs_to_its_end_and_its_own_and_the_hospitals_books_agree()
    {
        _federation.ApproveAll();
        for (uint round = 1; round <= 3; round++) await _federation.RunAsync(round);
        var hospital = _federation.Hospitals[0];
        var facts = hospital.Facts.Where(type => type.StartsWith("budget", StringComparison.Ordinal)).ToList();
        Assert.Equal(FactTypes.Opened, facts[0]);
        Assert.Equal([.. Enumerable.Repeat<string[]>([FactTypes.Reserve, FactTypes.Spend], 3).SelectMany(x => x)],
            facts[1..]);
        var plan = _federation.Study.Mechanism;
        Assert.Equal(plan.PerRound.Times(3), hospital.Journal.Ask(state => state.RhoOf(_federation.Study.Hash)));
        var order = hospital.Journal.Ask(state => state.Order)!.Value;
        Assert.All(hospital.Journal.Ask(state => state.Budget.ToList()),
            entry => Assert.Equal(plan.ChargeAt(order), entry.Cost));
        Assert.Null(JournalAudit.Run(hospital.Journal.Records()).Problem);

        var report = LedgerReporter.Of(hospital.Journal, new());
        Assert.Equal(order.Epsilon(plan.ChargeAt(order).Times(3), 1e-5), report.PatientEpsilon);
        var line = Assert.Single(report.Studies);
        Assert.Equal(plan.Epsilon(plan.PerRound.Times(3), 1e-5), line.Epsilon);
        Assert.InRange(line.Epsilon!.Value, 2.9, 3 + 1e-9);
    }

    [Fact]
    public async Task The_round_that_the_study_s_budget_does_not_pay_is_refused_whatever_the_coordinator_says()
    {
        _federation.ApproveAll();
        for (uint round = 1; round <= 3; round++) await _federation.RunAsync(round);
        await _federation.OpenAsync(3, attempt: 2);
        foreach (var hospital in _federation.Hospitals) hospital.Refused("study-budget-exhausted");
    }

    [Fact]
    public async Task Neither_the_screen_nor_the_length_of_an_input_tells_how_large_a_sample_was()
    {
        _federation.ApproveAll();
        await _federation.RunAsync(1);
        foreach (var hospital in _federation.Hospitals)
        {
            // 60 rows, a third held out: a coin was thrown for 40, whoever came in.
            var said = Assert.Single(
                hospital.Events, each => each.Text.StartsWith("trained", StringComparison.Ordinal));
            Assert.Equal("trained with a secret coin for each of 40 patients", said.Text);
            Assert.All(hospital.Events, each => Assert.DoesNotContain("units", each.Text, StringComparison.Ordinal));
        }

        Assert.Single(_federation.Hospitals.Select(each => each.Server.Uploads.Single().Packed.Length).Distinct());
    }

    [Fact]
    public async Task A_coordinator_that_plays_a_round_with_another_sampling_rate_gets_no_masked_input()
    {
        _federation.ApproveAll();
        var start = _federation.Start(1);
        var rate = SamplingRate.FromMillionths(100_000);
        var plan = _federation.Study.Mechanism;
        var lie = plan with { Request = plan.Request with { SamplingRate = rate } };
        var context = _federation.Context(start) with { NoiseTerms = lie.RoundTerms(_federation.Rotation) };
        SecureAgg.ServerState state = SecureAgg.ServerAdvertiseKeys.Start(context);
        foreach (var hospital in _federation.Hospitals)
        {
            await hospital.Participant.HandleAsync(start, default);
            state.Receive(hospital.Id, CoordinatorWire.Read(hospital.Server.Messages[^1]));
        }

        for (var phase = 0; phase < 4 && state.Phase != SecureAgg.AggregationPhase.Ended; phase++)
            state = await _federation.StepAsync(state, start.Round);
        Assert.All(_federation.Hospitals, hospital =>
        {
            Assert.Empty(hospital.Server.Uploads);
            Assert.DoesNotContain(FactTypes.Spend, hospital.Facts);
        });
        Assert.IsNotType<SecureAgg.ServerCompleted>(state);
    }
}
