using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.Heart;

namespace FedMeta.Simulation.Tests.Reproduce;

public sealed class HeartScalingTests
{
    [Fact]
    public void A_feature_that_is_constant_in_training_is_zero_for_whoever_comes()
    {
        var train = new Batch<double>(new double[] { 1, 0.1, 3, 0.1, 5, 0.1 }, new double[3], 3);
        var z = LearnedScaling.Of(train).Apply(new Batch<double>(new[] { 5, 0.2 }, new double[1], 1));

        Assert.Equal([1, 0], z.Inputs.ToArray());
    }

    [Fact]
    public void A_strange_value_is_cut()
    {
        var train = new Batch<double>(new double[] { 1, 3 }, new double[2], 2);
        var z = LearnedScaling.Of(train).Apply(new Batch<double>(new[] { -1e9 }, new double[1], 1));

        Assert.Equal([-FeatureScaling.Limit], z.Inputs.ToArray());
    }

    [Fact]
    public void Random_splits_keep_the_sizes_and_nobody_is_on_both_sides()
    {
        using var folder = new TemporaryFolder();
        var hospitals = HeartFile.Read(folder.Write("all.csv", SmallHospitals.Csv()), new Dictionary<string, string>());
        var sites = HeartSplit.Random(hospitals, ScalingOrigin.Federation, seed: 3);

        Assert.All(sites, s => Assert.Equal((30, 10), (s.Train.Count, s.Test.Count)));
        Assert.All(sites, s => Assert.Empty(Ages(s.Train).Intersect(Ages(s.Test))));
        Assert.NotEqual(Ages(sites[0].Test), Ages(HeartSplit.Random(hospitals, ScalingOrigin.Federation, 4)[0].Test));

        static double[] Ages(Batch<double> rows) =>
            [.. Enumerable.Range(0, rows.Count).Select(i => rows.Inputs.Span[i * rows.InputWidth])];
    }

    [Fact]
    public void An_area_under_the_curve_needs_two_patients_of_each_class()
    {
        var model = ManagedEngine.Instance.Build<double>(ModelSpec.FromStudy("logistic", 1, 1, []));
        SiteScore Score(params double[] labels) => SiteScore.Of(model, [1.0, 0.0], new Batch<double>(
            Enumerable.Range(0, labels.Length).Select(i => (double)i).ToArray(), labels, labels.Length));

        Assert.Null(Score(1, 1, 0).Auroc);
        Assert.Equal(0.75, Score(0, 1, 0, 1).Auroc);
        Assert.Equal(0.75, SiteScore.Macro([Score(1, 1, 0), Score(0, 1, 0, 1)]).Auroc);
    }
}
