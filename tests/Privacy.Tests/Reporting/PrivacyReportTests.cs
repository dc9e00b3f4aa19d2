using System.Globalization;
using FedMeta.Privacy.Tests.Mechanism;

namespace FedMeta.Privacy.Tests.Reporting;

public class PrivacyReportTests
{
    private static readonly MechanismPlan Plan =
        MechanismPlanTests.Plan(MechanismPlanTests.Tasks with { Colluders = 2 });

    [Fact]
    public void A_full_study_with_the_fewest_survivors_uses_what_was_granted_and_no_more()
    {
        var report = Report(Plan, Enumerable.Repeat(6, 100));
        var claim = report.Claims[0];
        Assert.Equal(ClaimBasis.WorstCase, claim.Basis);
        Assert.InRange(claim.Epsilons[0].Epsilon, 7.99, 8.0 + 1e-9);
        Assert.Equal(0, report.Forecast.AttemptsLeft);
        Assert.Equal(100, report.AfterEachRound.Count);
        Assert.Equal(claim.Epsilons[0].Epsilon, report.AfterEachRound[^1].Epsilon);
        Assert.Equal(claim.Epsilons[0].Epsilon, report.AfterEachRound[^1].RealisedEpsilon, 1e-6);
    }

    [Fact]
    public void Each_adversary_has_a_row_and_more_colluders_never_learn_less()
    {
        var report = Report(Plan, Enumerable.Repeat(7, 10));
        foreach (var unit in Enum.GetValues<PrivacyUnit>())
        {
            var rows = report.Claims.Where(claim => claim.Unit == unit && claim.Basis == ClaimBasis.Realised).ToList();
            Assert.Equal([0, 1, 2], rows.Select(claim => claim.Colluders));
            Assert.True(rows[0].Rho < rows[1].Rho && rows[1].Rho < rows[2].Rho);

            // Seven survivors: shares of 7, 6 and 5 honest clients.
            Assert.Equal(7.0 / 5, rows[2].Rho.ToDouble() / rows[0].Rho.ToDouble(), 1e-6);
            var worst = Assert.Single(report.Claims, claim =>
                claim.Unit == unit && claim.Basis == ClaimBasis.WorstCase);
            Assert.Equal(5.0 / 4, worst.Rho.ToDouble() / rows[2].Rho.ToDouble(), 1e-5);
        }
    }

    [Fact]
    public void Units_stand_side_by_side_with_their_own_sensitivities()
    {
        var report = Report(Plan, Enumerable.Repeat(8, 5));
        double Rho(PrivacyUnit unit) => report.Claims.Last(claim => claim.Unit == unit).Rho.ToDouble();
        Assert.Equal(PrivacyUnit.Patient, report.Claims[0].Unit);
        Assert.Equal(4, Rho(PrivacyUnit.Patient) / Rho(PrivacyUnit.Task), 1e-6);
        Assert.Equal(400, Rho(PrivacyUnit.Site) / Rho(PrivacyUnit.Task), 1e-4);
    }

    [Fact]
    public void Aborted_attempts_are_charged_in_full_unless_nothing_was_sent()
    {
        var facts = new PrivacyFacts("heart", Plan,
        [
            new RoundFact(1, 1, RoundFate.AbortedUnsent, null, false),
            new RoundFact(1, 2, RoundFate.Aborted, null, false),
            new RoundFact(1, 3, RoundFate.Completed, 8, true),
        ]);
        var report = PrivacyReport.Of(facts);
        Assert.Equal(Plan.PerRound.Times(2), report.Claims[0].Rho);
        Assert.Equal(Plan.PerRound.Times(2), report.Forecast.Charged);
        Assert.Equal(98, report.Forecast.AttemptsLeft);
        Assert.Equal((1, 1, 1), (report.CompletedRounds, report.ChargedAborts, report.NearWraps));
        Assert.Equal(8, report.FewestSurvivors);
    }

    [Fact]
    public void The_curve_falls_with_delta_and_the_claim_is_never_below_the_gaussian()
    {
        var report = Report(Plan, Enumerable.Repeat(8, 40));
        Assert.Equal(report.Curve.OrderBy(point => point.Epsilon), report.Curve);
        Assert.All(report.Curve, point => Assert.True(point.GaussianEpsilon <= point.Epsilon));
        Assert.All(report.Claims, claim => Assert.Equal(3, claim.Epsilons.Count));
    }

    [Fact]
    public void A_study_without_rounds_has_spent_nothing()
    {
        var report = Report(Plan, []);
        Assert.All(report.Claims, claim => Assert.Equal(0, claim.Epsilons[0].Epsilon));
        Assert.Equal(100, report.Forecast.AttemptsLeft);
        Assert.Null(report.FewestSurvivors);
        Assert.Equal(0.01, report.Claims[0].TestPower, 1e-9);
    }

    [Fact]
    public void Facts_that_contradict_the_plan_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Report(Plan, [5]));
        Assert.Throws<ArgumentException>(() => Report(Plan, [9]));
        Assert.Throws<ArgumentException>(() => PrivacyReport.Of(
            new PrivacyFacts("heart", Plan, [new RoundFact(1, 1, RoundFate.Completed, null, false)])));
    }

    [Fact]
    public void Both_languages_say_the_same_numbers_and_never_promise_anonymity()
    {
        var report = Report(Plan, Enumerable.Repeat(7, 10));
        var (english, korean) = (report.Texts[0], report.Texts[1]);
        Assert.Equal(("en", "ko"), (english.Language, korean.Language));
        Assert.Equal(english.Meaning.Count, korean.Meaning.Count);
        Assert.Equal(english.Assumptions.Count, korean.Assumptions.Count);
        Assert.Equal(english.NotProtected.Count, korean.NotProtected.Count);
        var roundedUp = Math.Ceiling(report.Claims[0].Epsilons[0].Epsilon * 100) / 100;
        var epsilon = roundedUp.ToString("0.##", CultureInfo.InvariantCulture);
        Assert.Contains(epsilon, english.Meaning[0], StringComparison.Ordinal);
        Assert.Contains(epsilon, korean.Meaning[0], StringComparison.Ordinal);
        foreach (var sentence in report.Texts.SelectMany(t => t.Meaning.Concat(t.Assumptions).Concat(t.NotProtected)))
        {
            Assert.DoesNotContain("anonym", sentence, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("익명", sentence, StringComparison.Ordinal);
        }

        Assert.Contains(english.Assumptions, sentence => sentence.Contains("one hospital", StringComparison.Ordinal));
        Assert.Contains(korean.Assumptions, sentence => sentence.Contains("한 곳의 환자", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(PrivacyUnit.Patient, true)]
    [InlineData(PrivacyUnit.Task, true)]
    [InlineData(PrivacyUnit.Site, false)]
    public void Every_claim_about_patients_names_what_it_assumes_of_the_files(PrivacyUnit unit, bool cutsTasks)
    {
        var request = MechanismPlanTests.Tasks with
        {
            Unit = unit,
            Contribution = cutsTasks ? ContributionKind.TaskGradient : ContributionKind.SiteUpdate,
            MaxContributionsPerClient = cutsTasks ? MechanismPlanTests.Tasks.MaxContributionsPerClient : 1,
        };
        var report = Report(MechanismPlanTests.Plan(request), [8]);
        Assert.Contains(report.Claims, claim => claim.Unit == PrivacyUnit.Patient);
        var assumptions = report.Texts[0].Assumptions;
        Assert.Contains(assumptions, sentence => sentence.Contains("one hospital", StringComparison.Ordinal));
        Assert.Equal(cutsTasks, assumptions.Any(s => s.Contains("no patient in two rows", StringComparison.Ordinal)));
        Assert.Equal(assumptions.Count, report.Texts[1].Assumptions.Count);
    }

    [Fact]
    public void A_large_epsilon_is_not_dressed_up_as_odds()
    {
        var plan = MechanismPlanTests.Plan(MechanismPlanTests.Tasks with { Epsilon = 50, Rounds = 1 });
        var sentence = Report(plan, [8]).Texts[0].Meaning[1];
        Assert.Contains("no reassuring bound", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("factor", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_facts_give_equal_texts()
    {
        var (one, two) = (Report(Plan, [7, 8]), Report(Plan, [7, 8]));
        Assert.Equal(one.Texts.SelectMany(text => text.Meaning), two.Texts.SelectMany(text => text.Meaning));
        Assert.Equal(one.Claims.Select(claim => claim.Rho), two.Claims.Select(claim => claim.Rho));
    }

    private static PrivacyReport Report(MechanismPlan plan, IEnumerable<int> survivors) => PrivacyReport.Of(
        new PrivacyFacts("heart", plan, [.. survivors.Select((count, j) =>
            new RoundFact(j + 1, 1, RoundFate.Completed, count, false))]));
}
