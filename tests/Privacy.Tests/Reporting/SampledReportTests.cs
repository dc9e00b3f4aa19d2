using FedMeta.Privacy.Tests.Mechanism;

namespace FedMeta.Privacy.Tests.Reporting;

public class SampledReportTests
{
    private static readonly MechanismPlan Plan = MechanismPlanTests.Plan(MechanismPlanTests.Tasks with
    {
        Contribution = ContributionKind.PatientGradient,
        MaxContributionsPerClient = 300,
        SamplingRate = SamplingRate.FromMillionths(50_000),
        Rounds = 60,
        Epsilon = 3,
        RingBits = 40,
    });

    private static readonly PrivacyReport Report = Reports.Of(Plan, Enumerable.Repeat(7, 60));

    [Fact]
    public void The_headline_is_what_the_budget_counts_at_the_study_s_order_and_the_usual_figure_stands_below_it()
    {
        Assert.NotNull(Plan.Order);
        var headline = Report.Headline.WorstCase;
        Assert.Equal(Plan.PerRound.Times(60), headline.Rho);
        Assert.InRange(headline.Epsilons[0].Epsilon!.Value, 2.9, 3 + 1e-9);
        Assert.Equal(Plan.Epsilon(Plan.PerRound.Times(60), Plan.Request.Delta), headline.Epsilons[0].Epsilon);
        Assert.Equal(headline.Epsilons[0].Epsilon, Report.AfterEachRound[^1].Epsilon);
        Assert.All(headline.Epsilons, at => Assert.InRange(at.Usual!.Value, 0.1, at.Epsilon!.Value));
        Assert.Null(headline.Mu);
        Assert.True(Report.Claims[0].IsSampled);
    }

    [Fact]
    public void The_usual_figure_is_that_of_the_sampled_gaussian_with_the_same_noise()
    {
        var expected = PrivacyLossDistribution.Gaussian(Plan.NoiseMultiplier, 0.05, SampledClaims.Interval).Compose(60)
            .Epsilon(1e-5);
        Assert.Equal(expected, Report.Headline.WorstCase.Epsilons[0].Usual!.Value, 1e-9);
    }

    [Fact]
    public void More_colluders_never_learn_less_and_everyone_else_learns_most()
    {
        var rows = Report.Claims[0].Rows.Where(row => row.Kind == AdversaryKind.Coordinator).ToList();
        for (var i = 1; i < rows.Count; i++)
            Assert.True(rows[i].WorstCase.Epsilons[0].Epsilon > rows[i - 1].WorstCase.Epsilons[0].Epsilon);
        Assert.True(Report.Claims[0].AgainstAllOthers.WorstCase.Epsilons[0].Epsilon
            >= rows[^1].WorstCase.Epsilons[0].Epsilon);
        Assert.True(rows[1].Realised.Epsilons[0].Epsilon < rows[1].WorstCase.Epsilons[0].Epsilon);
    }

    [Fact]
    public void Nobody_is_sampled_among_sites_and_a_site_s_claim_says_so()
    {
        var site = Report.Claims.Single(claims => claims is { Unit: PrivacyUnit.Site, Adjacency: Adjacency.ZeroOut });
        Assert.False(site.IsSampled);
        Assert.Equal(
            300 * 300 * Plan.PerWholeRound.ToDouble() * 60, site.Against(1).WorstCase.Rho!.Value.ToDouble(), 1e-3);
    }

    [Fact]
    public void Replacing_a_patient_costs_more_than_taking_one_out_and_no_more_than_without_sampling()
    {
        var (zeroOut, replaceOne) = (Report.Claims[0], Report.Claims[1]);
        Assert.Equal(Adjacency.ReplaceOne, replaceOne.Adjacency);
        foreach (var (one, other) in zeroOut.Rows.Zip(replaceOne.Rows))
        {
            Assert.True(other.WorstCase.Epsilons[0].Epsilon > one.WorstCase.Epsilons[0].Epsilon);
            Assert.True(other.WorstCase.TestPower >= one.WorstCase.TestPower);
            Assert.Null(other.WorstCase.Rho);
        }

        var whole = ZeroConcentratedDp.Epsilon(4 * 60 * Plan.PerWholeRound.ToDouble(), 1e-5);
        Assert.True(replaceOne.Against(1).WorstCase.Epsilons[0].Epsilon <= whole * (1 + 1e-9));
    }

    [Fact]
    public void A_test_finds_no_more_than_the_divergence_allows_and_at_least_what_the_usual_curve_allows()
    {
        // Whatever a test can do against the sampled Gaussian it does within p <= e^epsilon f + delta.
        var figures = Report.Headline.WorstCase;
        Assert.InRange(figures.TestPower, 0.01, 0.5);
        var bound = figures.Epsilons.Min(at => (Math.Exp(at.Epsilon!.Value) * 0.01) + at.Delta);
        Assert.True(figures.TestPower <= bound);
        var empty = Reports.Of(Plan, []).Headline.WorstCase;
        Assert.Equal((0, 0.01), (empty.Epsilons[0].Epsilon, empty.TestPower));
    }
}
