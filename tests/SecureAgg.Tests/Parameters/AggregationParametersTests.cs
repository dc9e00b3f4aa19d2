namespace FedMeta.SecureAgg.Tests;

public class AggregationParametersTests
{
    private static readonly AggregationParameters Sound = Consortium.Parameters(1000, 20, 9, 7, 2);

    [Fact]
    public void The_default_threshold_withstands_every_share_of_colluders_below_a_third()
    {
        for (var n = 5; n <= 256; n++)
        {
            var threshold = AggregationParameters.DefaultThreshold(n);
            Assert.Equal((2 * n / 3) + 1, threshold);
            for (var c = 0; 3 * c < n; c++) Assert.True(2 * threshold > n + c);
        }
    }

    [Fact]
    public void Sound_parameters_have_no_problems() => Assert.Empty(Sound.Validate());

    [Theory]
    [InlineData("vector length", 0, 20, 9, 7, 2, 3)]
    [InlineData("vector length", (1 << 28) + 1, 20, 9, 7, 2, 3)]
    [InlineData("ring bits", 10, 7, 9, 7, 2, 3)]
    [InlineData("ring bits", 10, 65, 9, 7, 2, 3)]
    [InlineData("honest inputs in a sum are too few", 10, 20, 9, 7, 2, 1)]
    [InlineData("colluders", 10, 20, 9, 7, -1, 3)]
    [InlineData("max clients", 10, 20, 4, 4, 0, 3)]
    [InlineData("max clients", 10, 20, 2, 2, 0, 2)]
    [InlineData("max clients", 10, 20, 257, 180, 2, 3)]
    [InlineData("is above max clients", 10, 20, 9, 10, 2, 3)]
    [InlineData("is not above (n + c)/2", 10, 20, 9, 5, 1, 3)]
    [InlineData("honest inputs", 10, 20, 9, 7, 5, 3)]
    public void Each_problem_is_named(string problem, int d, int b, int n, int t, int c, int honest) =>
        Assert.Contains(
            Consortium.Parameters(d, b, n, t, c, honest).Validate(),
            each => each.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void All_problems_are_named_at_a_time() =>
        Assert.True(Consortium.Parameters(0, 7, 2, 3, -1, 0).Validate().Count >= 5);

    [Fact]
    public void Two_clients_are_refused_always()
    {
        Assert.NotEmpty(Consortium.Parameters(10, 20, 2, 2, 0, 2).Validate());
        Assert.Equal(
            RosterSizeProblem.TooSmall, Consortium.Parameters(10, 20, 3, 2, 0, 2).CheckRoster(2));
    }

    [Fact]
    public void Three_clients_need_a_plan_that_settles_for_two_honest_inputs()
    {
        Assert.Empty(Consortium.Parameters(10, 20, 3, 3, 1, 2).Validate());
        Assert.NotEmpty(Consortium.Parameters(10, 20, 3, 3, 0, 3).Validate());
    }

    [Theory]
    [InlineData(6, RosterSizeProblem.TooSmall)]
    [InlineData(7, null)]
    [InlineData(9, null)]
    [InlineData(10, RosterSizeProblem.TooLarge)]
    public void A_roster_may_be_smaller_than_the_plan_but_not_than_the_threshold(int n, RosterSizeProblem? expected) =>
        Assert.Equal(expected, Sound.CheckRoster(n));

    [Fact]
    public void The_quorum_is_checked_for_the_roster_at_hand()
    {
        var parameters = Consortium.Parameters(10, 20, 12, 6, 1);
        Assert.Null(parameters.CheckRoster(10));
        Assert.Equal(RosterSizeProblem.ThresholdTooLow, parameters.CheckRoster(11));
    }

    [Fact]
    public void The_claim_is_against_a_coordinator_that_breaks_the_protocol_on_the_complete_graph_alone()
    {
        var complete = Consortium.Parameters(10, 20, 9, 7, 1);
        Assert.Equal(
            "Even a coordinator that breaks the protocol together with any one hospital learns sums of at least 6 other "
            + "hospitals' inputs and nothing else.", complete.Claim);
        Assert.Contains("protocol learns sums of at least 7 other", (complete with { Colluders = 0 }).Claim);

        var sparse = Consortium.Parameters(10, 20, 300, 240, 10) with { Graph = new SparseGraph(82, 47) };
        Assert.Empty(sparse.Validate());
        Assert.StartsWith("A coordinator that keeps to the protocol together with any 10 hospitals", sparse.Claim);
        Assert.Contains("One that breaks it, for instance by choosing who takes part, is not covered", sparse.Claim);
    }
}
