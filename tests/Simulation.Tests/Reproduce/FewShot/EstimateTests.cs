using FedMeta.Simulation.Reproduce.FewShot;

namespace FedMeta.Simulation.Tests.Reproduce.FewShot;

public sealed class EstimateTests
{
    [Fact]
    public void Mean_interval_and_median_are_those_of_the_tasks()
    {
        var estimate = Estimate.Of([1, 2, 3, 10]);

        Assert.Equal(4, estimate.Mean);
        Assert.Equal(2.5, estimate.Median);
        Assert.Equal(1.96 * Math.Sqrt(50.0 / 3 / 4), estimate.HalfWidth!.Value, 12);
        Assert.Equal(0, estimate.Diverged);
        Assert.Equal("4.0 ± 4.0 (2.5)", estimate.WithMedian("0.0"));
        Assert.Equal("8.0e+10 ± 1.6e+11 (1.0)", (estimate with { Mean = 7.96e10, HalfWidth = 1.56e11, Median = 1 })
            .WithMedian("0.0"));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void One_task_that_is_not_finite_leaves_no_mean_but_a_median(double strange)
    {
        var estimate = Estimate.Of([1, strange, 2, 300], divergedAbove: 100);

        Assert.Null(estimate.Mean);
        Assert.Equal(151, estimate.Median);
        Assert.Equal(2, estimate.Diverged);
        Assert.Equal("not finite (151.0)", estimate.WithMedian("0.0"));
    }
}
