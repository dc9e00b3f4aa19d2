using FedMeta.Client.Budget;
using FedMeta.Client.Commands;
using FedMeta.Client.Policy;
using FedMeta.Client.Studies;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Privacy;

namespace FedMeta.Client.Tests.Studies;

public sealed class StudyForecastTests : IDisposable
{
    private readonly TestFederation _federation = new();

    public void Dispose() => _federation.Dispose();

    private VerifiedStudy Study => _federation.Study;

    private Rho Charge => Study.Mechanism.PerRound.Times(Study.Demands.PatientFactor);

    private Rho Whole => Study.Demands.Budget.Times(Study.Demands.PatientFactor);

    [Fact]
    public void An_untouched_budget_reaches_the_last_round_and_the_rest_remains()
    {
        var policy = new HospitalPolicy();
        var forecast = Forecast(policy);
        Assert.Equal((3u, 0L, 3L, 3u),
            (forecast.Budget.Rounds, forecast.Budget.AttemptsCharged, forecast.Budget.AttemptsLeft,
            forecast.Budget.StopsAfter));
        Assert.True(forecast.Fits && forecast.Budget.ReachesEnd);

        // What is said to remain is what a study of just that epsilon could still be granted, and no more.
        var total = ZeroConcentratedDp.LargestRho(policy.MaxEpsilonTotal, policy.Delta);
        var further = ZeroConcentratedDp.LargestRho(forecast.Budget.Remains, policy.Delta);
        Assert.True(Whole + further <= total);
        Assert.True(Whole + ZeroConcentratedDp.LargestRho(forecast.Budget.Remains * 1.001, policy.Delta) > total);
    }

    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(3, 0)]
    public void The_round_where_a_nearly_spent_total_stops_the_study_is_named(int spentRounds, int reach)
    {
        // Other studies left room for so many rounds less one unit: the next round is refused by that unit.
        var policy = new HospitalPolicy { MaxEpsilonTotal = 3 };
        var limits = EffectiveLimits.Tighten(Study.Demands, policy);
        var room = Charge.Times(3 - spentRounds + 1).Less(Rho.FromUnits(1));
        var standing = new BudgetStanding(Rho.Zero, room, limits.TotalBudget.Less(room), room, Rho.Zero);
        var reached = BudgetReach.Of(Study, limits, policy, standing);
        Assert.Equal((uint)reach, reached.StopsAfter);
        Assert.Equal(reach == 3, reached.ReachesEnd);
        Assert.Equal(reach, reached.AttemptsLeft);
    }

    [Fact]
    public void A_round_that_fits_to_the_unit_is_counted()
    {
        Assert.Equal(2, BudgetReach.Attempts(Charge.Times(2), Charge));
        Assert.Equal(1, BudgetReach.Attempts(Charge.Times(2).Less(Rho.FromUnits(1)), Charge));
        Assert.Equal(0, BudgetReach.Attempts(Charge.Less(Rho.FromUnits(1)), Charge));
        Assert.Equal(0, BudgetReach.Attempts(Rho.Zero, Charge));
        Assert.Equal(0, BudgetReach.Attempts(Charge, Rho.Zero));
    }

    [Fact]
    public void What_a_study_spent_already_counts_once()
    {
        var policy = new HospitalPolicy();
        var limits = EffectiveLimits.Tighten(Study.Demands, policy);
        var spent = Charge.Times(2);
        var forecast = StudyForecast.Of(Study, limits, policy,
            new BudgetStanding(spent, limits.StudyBudget.Less(spent), spent, limits.TotalBudget.Less(spent), spent));
        Assert.Equal((2L, 1L, 3u),
            (forecast.Budget.AttemptsCharged, forecast.Budget.AttemptsLeft, forecast.Budget.StopsAfter));
        Assert.Equal(Forecast(policy).Budget.Remains, forecast.Budget.Remains);
        Assert.Equal(Forecast(policy).SpentAfter, forecast.SpentAfter);
    }

    [Fact]
    public void The_reach_is_what_the_filter_then_grants()
    {
        var policy = new HospitalPolicy { MaxEpsilonTotal = 2 };
        var limits = EffectiveLimits.Tighten(Study.Demands, policy);
        var filter = new BudgetFilter(
            limits.TotalBudget, new Dictionary<string, Rho> { [Study.Hash] = limits.StudyBudget });
        var standing = new BudgetStanding(
            Rho.Zero, filter.Remaining(Study.Hash), Rho.Zero, limits.TotalBudget, Rho.Zero);
        var reach = BudgetReach.Of(Study, limits, policy, standing);
        Assert.False(reach.ReachesEnd);
        for (var round = 1; round <= Study.Rounds; round++)
        {
            var granted = filter.CanReserve(Study.Hash, round, 1, Charge) == BudgetDecision.Granted;
            Assert.Equal(round <= reach.StopsAfter, granted);
            if (granted) filter.Record(new BudgetEntry(BudgetEntryKind.Spend, Study.Hash, round, 1, Charge));
        }
    }

    [Fact]
    public void The_words_say_cost_remainder_and_the_round_where_it_stops()
    {
        var text = ForecastText.Of(Forecast(new HospitalPolicy()));
        Assert.Contains("this study will cost this hospital epsilon = 3 for a patient, at delta = 1E-05", text,
            StringComparison.Ordinal);
        Assert.Matches(@"after which epsilon = [0-9.]+ remains for another study", text);
        Assert.Contains("it stops at round 3 of 3, its last, or as many rounds earlier as rounds are tried again", text,
            StringComparison.Ordinal);
        Assert.Contains("it stops at round 1 of 3, where this hospital's budget ends",
            ForecastText.Of(Forecast(new HospitalPolicy { MaxEpsilonTotal = 2 })), StringComparison.Ordinal);
    }

    private StudyForecast Forecast(HospitalPolicy policy)
    {
        var limits = EffectiveLimits.Tighten(Study.Demands, policy);
        var left = limits.StudyBudget < limits.TotalBudget ? limits.StudyBudget : limits.TotalBudget;
        return StudyForecast.Of(Study, limits, policy,
            new BudgetStanding(Rho.Zero, left, Rho.Zero, limits.TotalBudget, Rho.Zero));
    }
}
