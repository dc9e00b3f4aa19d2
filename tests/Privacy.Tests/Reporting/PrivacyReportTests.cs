using FedMeta.Privacy.Tests.Mechanism;

namespace FedMeta.Privacy.Tests.Reporting;

public class PrivacyReportTests
{
    private static readonly MechanismPlan Plan =
        MechanismPlanTests.Plan(MechanismPlanTests.Tasks with { Colluders = 2 });

    [Fact]
    public void A_full_study_with_the_fewest_survivors_uses_what_was_granted_and_no_more()
    {
        var report = Reports.Of(Plan, Enumerable.Repeat(6, 100));
        var claim = report.Headline;
        Assert.InRange(claim.WorstCase.Epsilons[0].Epsilon!.Value, 7.99, 8.0 + 1e-9);
        Assert.Equal(0, report.Forecast.AttemptsLeft);
        Assert.Equal(100, report.AfterEachRound.Count);
        Assert.Equal(claim.WorstCase.Epsilons[0].Epsilon, report.AfterEachRound[^1].Epsilon);
        Assert.Equal(claim.WorstCase.Epsilons[0].Epsilon!.Value, report.AfterEachRound[^1].RealisedEpsilon, 1e-6);
        Assert.Equal(Plan.PerRound.Times(100), claim.WorstCase.Rho);
    }

    [Fact]
    public void Each_adversary_has_a_row_and_more_colluders_never_learn_less()
    {
        var report = Reports.Of(Plan, Enumerable.Repeat(7, 10));
        foreach (var claims in report.Claims.Where(claims => claims.Unit != PrivacyUnit.Task))
        {
            var rows = claims.Rows.Where(row => row.Kind == AdversaryKind.Coordinator).ToList();
            Assert.Equal([0, 1, 2, 3, 4, 5], rows.Select(row => row.Colluders));

            // Seven survived: 7, 6, ... 2 unknown shares; the fewest would have been 6, 5, ... 1.
            Assert.Equal([7, 6, 5, 4, 3, 2], rows.Select(row => row.Realised.LeastShares));
            Assert.Equal([6, 5, 4, 3, 2, 1], rows.Select(row => row.WorstCase.LeastShares));
            foreach (var row in rows)
            {
                Assert.Equal(7.0 / (7 - row.Colluders), Ratio(row.Realised, rows[0].Realised), 1e-6);
                Assert.Equal((7.0 - row.Colluders) / (6 - row.Colluders), Ratio(row.WorstCase, row.Realised), 1e-5);
            }

            var publicly = Assert.Single(claims.Rows, row => row.Kind == AdversaryKind.Public);
            var peer = Assert.Single(claims.Rows, row => row.Kind == AdversaryKind.Peer);
            Assert.Equal(rows[0].Realised.Rho, publicly.Realised.Rho);
            Assert.Equal(rows[1].Realised.Rho, peer.Realised.Rho);
            Assert.Equal(7, Ratio(claims.AgainstAllOthers.WorstCase, rows[0].Realised), 1e-6);
            Assert.Equal(claims.AgainstAllOthers.WorstCase.Rho, claims.AgainstAllOthers.Realised.Rho);
            Assert.Null(claims.AgainstAllOthers.WorstCase.Log10TauD);
        }
    }

    [Fact]
    public void A_row_says_whether_the_coordinator_may_lie()
    {
        // 8 clients, threshold 6: 2t > n + c up to 3 colluders, and c < t up to 5.
        var rows = Reports.Of(Plan, [7]).Claims[0].Rows.Where(row => row.Kind == AdversaryKind.Coordinator).ToList();
        Assert.All(rows, row => Assert.Equal(
            row.Colluders <= 3 ? AggregationTrust.CoordinatorMayLie : AggregationTrust.CoordinatorKeepsToProtocol,
            row.Trust));
        Assert.Equal(AggregationTrust.NotNeeded, Reports.Of(Plan, [7]).Claims[0].AgainstAllOthers.Trust);
    }

    [Fact]
    public void Units_and_relations_stand_side_by_side_with_their_own_sensitivities()
    {
        var plan = MechanismPlanTests.Plan(MechanismPlanTests.Tasks with { Unit = PrivacyUnit.Task });
        var report = Reports.Of(plan, Enumerable.Repeat(8, 5));
        UnitClaims Of(PrivacyUnit unit, Adjacency adjacency) =>
            report.Claims.Single(claims => claims.Unit == unit && claims.Adjacency == adjacency);
        int? Factor(PrivacyUnit unit, Adjacency adjacency) => Of(unit, adjacency).Factor;
        Assert.Equal((PrivacyUnit.Task, Adjacency.ZeroOut), (report.Claims[0].Unit, report.Claims[0].Adjacency));
        Assert.Equal((2, 2), (Factor(PrivacyUnit.Patient, Adjacency.ZeroOut), Factor(PrivacyUnit.Patient,
            Adjacency.ReplaceOne)));
        Assert.Equal((1, 2), (Factor(PrivacyUnit.Task, Adjacency.ZeroOut), Factor(PrivacyUnit.Task,
            Adjacency.ReplaceOne)));
        Assert.Equal((20, 40), (Factor(PrivacyUnit.Site, Adjacency.ZeroOut), Factor(PrivacyUnit.Site,
            Adjacency.ReplaceOne)));
        var task = Of(PrivacyUnit.Task, Adjacency.ZeroOut).AgainstAllOthers.Realised;
        Assert.Equal(400, Ratio(Of(PrivacyUnit.Site, Adjacency.ZeroOut).AgainstAllOthers.Realised, task), 1e-4);
    }

    [Fact]
    public void Tasks_that_are_cut_anew_in_each_round_have_no_claim()
    {
        var report = Reports.Of(Plan, Enumerable.Repeat(8, 5));
        Assert.Equal((PrivacyUnit.Patient, Adjacency.ZeroOut), (report.Claims[0].Unit, report.Claims[0].Adjacency));
        Assert.Equal(2, report.Claims[0].Factor);
        Assert.All(report.Claims.Where(claims => claims.Unit == PrivacyUnit.Task), claims => Assert.Empty(claims.Rows));
    }

    [Fact]
    public void Where_nothing_bounds_a_unit_no_claim_is_made()
    {
        var plan = MechanismPlanTests.Plan(MechanismPlanTests.Tasks with
        {
            Contribution = ContributionKind.PatientGradient,
        });
        var report = Reports.Of(plan, [8]);
        Assert.All(report.Claims.Where(claims => claims.Unit == PrivacyUnit.Task), claims =>
        {
            Assert.Null(claims.Factor);
            Assert.Empty(claims.Rows);
        });
        var (zeroOut, replaceOne) = (report.Claims[0].Against(0).Realised, report.Claims[1].Against(0).Realised);
        Assert.Equal(4, Ratio(replaceOne, zeroOut), 1e-6);
    }

    [Fact]
    public void Aborted_attempts_are_charged_in_full_unless_nothing_was_sent()
    {
        var report = PrivacyReport.Of(Reports.Facts(Plan,
        [
            new RoundFact(1, 1, RoundFate.AbortedUnsent, null, false),
            new RoundFact(1, 2, RoundFate.Aborted, null, false),
            new RoundFact(1, 3, RoundFate.Completed, 8, true),
        ]));
        Assert.Equal(Plan.PerRound.Times(2), report.Headline.WorstCase.Rho);
        Assert.Equal(Plan.PerRound.Times(2), report.Forecast.Charged);
        Assert.Equal(98, report.Forecast.AttemptsLeft);
        Assert.Equal((1, 1, 1), (report.CompletedRounds, report.ChargedAborts, report.NearWraps));
        Assert.Equal(8, report.FewestSurvivors);

        // What was sent without a sum counts as if the fewest had survived, also among the realised figures.
        Assert.Equal(6 - 2, report.Headline.Realised.LeastShares);
    }

    [Fact]
    public void The_curve_falls_with_delta_and_the_claim_is_never_below_the_usual_figure()
    {
        var report = Reports.Of(Plan, Enumerable.Repeat(8, 40));
        foreach (var row in report.Claims.SelectMany(claims => claims.Rows))
        {
            var points = row.Curve.Where(point => point.Epsilon is not null).ToList();
            Assert.NotEmpty(points);
            Assert.Equal(points.OrderBy(point => point.Epsilon), points);
            Assert.All(points, point => Assert.True(point.Usual <= point.Epsilon));
            Assert.Equal(3, row.WorstCase.Epsilons.Count);
        }
    }

    [Fact]
    public void A_patient_claim_at_a_delta_above_a_tenth_of_a_patient_is_refused()
    {
        // 2000 patients certainly: delta 1e-5 holds, 1/(10 N) = 5e-5 is the last that does.
        var report = Reports.Of(Plan, [7], patientsAtLeast: 2000);
        Assert.Equal(5e-5, report.DeltaRule.LargestDelta, 1e-12);
        Assert.NotNull(report.Headline.WorstCase.Epsilons[0].Epsilon);
        Assert.Equal(
            report.Headline.Curve.Select(point => point.Delta > 5e-5),
            report.Headline.Curve.Select(point => point.Epsilon is null));
        Assert.DoesNotContain(report.Claims.Single(claims =>
            claims is { Unit: PrivacyUnit.Site, Adjacency: Adjacency.ZeroOut }).Rows[0].Curve,
            point => point.Epsilon is null);

        var refused = Reports.Of(Plan, [7], patientsAtLeast: 20_000);
        Assert.Null(refused.Headline.WorstCase.Epsilons[0].Epsilon);
        Assert.NotNull(refused.Headline.WorstCase.Epsilons[1].Epsilon);
        Assert.Null(refused.Meaning);
        Assert.Contains("too large", refused.Summaries[0].Verdict, StringComparison.Ordinal);
        Assert.Equal(10_000, DeltaRule.MostPatients(1e-5));
    }

    [Fact]
    public void A_study_without_rounds_has_spent_nothing()
    {
        var report = Reports.Of(Plan, []);
        Assert.All(report.Claims.SelectMany(claims => claims.Rows), row => Assert.Equal(0, row.WorstCase.Epsilons[0]
            .Epsilon));
        Assert.Equal(100, report.Forecast.AttemptsLeft);
        Assert.Null(report.FewestSurvivors);
        Assert.Equal(0.01, report.Headline.WorstCase.TestPower, 1e-9);
    }

    [Fact]
    public void Facts_that_contradict_the_plan_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Reports.Of(Plan, [5]));
        Assert.Throws<ArgumentException>(() => Reports.Of(Plan, [9]));
        Assert.Throws<ArgumentException>(() => PrivacyReport.Of(Reports.Facts(Plan,
            [new RoundFact(1, 1, RoundFate.Completed, null, false)])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reports.Of(Plan, [7], patientsAtLeast: 0));
    }

    [Fact]
    public void A_belief_moves_by_the_factor_of_its_odds()
    {
        var belief = BeliefBounds.Of(0.5, Math.Log(3));
        Assert.Equal((0.25, 0.75), (Math.Round(belief.AtLeast, 12), Math.Round(belief.AtMost, 12)));
        Assert.Equal(new BeliefBounds(0.1, 0.1, 0.1), BeliefBounds.Of(0.1, 0));
        var certain = BeliefBounds.Of(0.01, 2000);
        Assert.Equal((0, 1), (certain.AtLeast, certain.AtMost));
    }

    [Fact]
    public void Many_colluders_have_rows_for_each_doubling_and_the_last()
    {
        var plan = MechanismPlanTests.Plan(MechanismPlanTests.Tasks with
        {
            MaxClients = 200,
            Threshold = 140,
            Colluders = 21,
            RingBits = 40,
        });
        var rows = Reports.Of(plan, [180]).Claims[0].Rows.Where(row => row.Kind == AdversaryKind.Coordinator);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 16, 21, 32, 64, 128, 139], rows.Select(row => row.Colluders));
    }

    private static double Ratio(ClaimFigures one, ClaimFigures other) =>
        one.Rho!.Value.ToDouble() / other.Rho!.Value.ToDouble();

    [Fact]
    public void A_test_finds_no_less_than_Gaussian_noise_allows_and_no_more_than_epsilon_does()
    {
        foreach (var figures in Reports.Of(Plan, Enumerable.Repeat(8, 50)).Claims.SelectMany(claims => claims.Rows)
            .Select(row => row.WorstCase))
        {
            var rho = figures.Rho!.Value.ToDouble();
            var gaussian = NormalDistribution.Cdf(NormalDistribution.Quantile(0.01) + Math.Sqrt(2 * rho));
            Assert.InRange(figures.TestPower, gaussian, 1);
            foreach (var delta in new[] { 1e-1, 1e-2, 1e-3, 1e-5 })
                Assert.True(figures.TestPower <= (Math.Exp(ZeroConcentratedDp.Epsilon(rho, delta)) * 0.01) + delta);

            // What post-processing says at some orders, in both directions.
            foreach (var order in new[] { 1.01, 1.5, 2, 4, 16, 256 })
            {
                var forth = Math.Exp((order - 1) * (rho + (Math.Log(0.01) / order)));
                var back = 1 - Math.Exp((order / (order - 1) * Math.Log(0.99)) - (order * rho));
                Assert.True(figures.TestPower <= Math.Min(forth, back) * (1 + 1e-9), $"{rho} {order}");
            }
        }
    }
}
