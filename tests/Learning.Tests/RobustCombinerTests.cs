using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FedMeta.Learning.Tests;

public class RobustCombinerTests
{
    private static readonly Arbitrary<ulong> Seeds = Gen.Choose(1, int.MaxValue).Select(i => (ulong)i).ToArbitrary();

    [Fact]
    public void Hand_computed_cases_come_out_as_computed()
    {
        double[][] odd = [[1, 5], [3, -1], [100, 0]];
        Assert.Equal([3.0, 0], RobustCombiner.Median(odd));
        Assert.Equal([2.0, 2.5], RobustCombiner.Median([[1, 5], [3, 0]]));
        Assert.Equal([100.0, 0], RobustCombiner.Median(odd, [1, 1, 4]));
        Assert.Equal([3.0, 0], RobustCombiner.TrimmedMean(odd, 1));
        Assert.Equal(RobustCombiner.Mean(odd), RobustCombiner.TrimmedMean(odd, 0));
        Assert.Equal([2.5, 2.0], RobustCombiner.Mean([[1, 5], [3, 1]], [1, 3]));
    }

    [Fact]
    public void Weights_as_multiples_agree_with_repeating_the_groups() => Check.QuickThrowOnFailure(Prop.ForAll(
        Seeds, seed =>
        {
            var (means, generator) = Random(seed);
            var weights = means.Select(_ => 1 + (int)(generator.NextUnit() * 4)).ToArray();
            var repeated = means.SelectMany((m, g) => Enumerable.Repeat(m, weights[g])).ToList();
            var real = weights.Select(w => (double)w).ToList();
            Near(RobustCombiner.Median(repeated), RobustCombiner.Median(means, real), 1e-12);
            Near(RobustCombiner.Mean(repeated), RobustCombiner.Mean(means, real), 1e-12);
            Assert.Equal(Distances(repeated, null, RobustCombiner.GeometricMedian(repeated)),
                Distances(means, real, RobustCombiner.GeometricMedian(means, real)), 1e-8);
        }));

    [Fact]
    public void The_order_of_the_groups_does_not_matter() => Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
    {
        var (means, _) = Random(seed);
        var turned = means.Reverse().ToList();
        Near(RobustCombiner.Median(means), RobustCombiner.Median(turned), 1e-12);
        Near(RobustCombiner.TrimmedMean(means, (means.Length - 1) / 2),
            RobustCombiner.TrimmedMean(turned, (means.Length - 1) / 2), 1e-12);
        Assert.Equal(Distances(means, null, RobustCombiner.GeometricMedian(means)),
            Distances(turned, null, RobustCombiner.GeometricMedian(turned)), 1e-8);
    }));

    [Fact]
    public void The_geometric_median_reaches_the_least_sum_of_distances_that_a_pattern_search_finds() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
        {
            var (means, generator) = Random(seed, entries: 1 + (int)(seed % 3));
            var weights = means.Select(_ => 0.2 + generator.NextUnit()).ToList();
            var found = Distances(means, weights, RobustCombiner.GeometricMedian(means, weights));
            var least = PatternSearch(means, weights);
            Assert.True(found <= least * (1 + 1e-8), $"{found} against {least}");
        }));

    [Fact]
    public void The_geometric_median_of_a_regular_triangle_is_its_centre_and_of_a_blunt_one_its_blunt_corner()
    {
        var root = Math.Sqrt(3);
        Near([0.5, root / 6], RobustCombiner.GeometricMedian([[0, 0], [1, 0], [0.5, root / 2]]), 1e-8);
        Near([0, 0.1], RobustCombiner.GeometricMedian([[-1, 0], [1, 0], [0, 0.1]]), 1e-8);
        Near([7, -7], RobustCombiner.GeometricMedian([[7, -7]]), 0);
    }

    [Fact]
    public void The_geometric_median_does_not_depend_on_the_unit() => Check.QuickThrowOnFailure(Prop.ForAll(
        Seeds, seed =>
        {
            var (means, _) = Random(seed);
            var small = means.Select(m => m.Select(v => v * 1e-150).ToArray()).ToList();
            var value = Distances(means, null, RobustCombiner.GeometricMedian(means));
            Assert.Equal(value, 1e150 * Distances(small, null, RobustCombiner.GeometricMedian(small)), 1e-8 * value);
        }));

    // Proof of the radius, with w the bad weight, r the good groups' radius about c and z the geometric median: its sum
    // of distances is at most that of c, and every bad distance changes by at most |z - c|. So
    // (1 - w)(|z - c| - r) <= (1 - w) r + w |z - c|.
    [Fact]
    public void Fewer_than_half_bad_groups_move_the_medians_only_as_far_as_the_good_ones_spread() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Seeds, seed =>
        {
            var (good, generator) = Random(seed);
            var bad = Enumerable.Range(0, (int)(generator.NextUnit() * good.Length)).Select(_ =>
            {
                var size = Math.Pow(10, generator.NextUnit() * 12);
                return good[0].Select(_ => size * generator.NextNormal()).ToArray();
            }).ToList();
            double[][] all = [.. bad, .. good];
            var (median, trimmed) = (RobustCombiner.Median(all), RobustCombiner.TrimmedMean(all, bad.Count));
            for (var i = 0; i < median.Length; i++)
            {
                var (low, high) = (good.Min(g => g[i]), good.Max(g => g[i]));
                Assert.InRange(median[i], low, high);
                Assert.InRange(trimmed[i], low, high);
            }

            var centre = RobustCombiner.Mean(good);
            var radius = good.Max(g => Distance(g, centre));
            var share = (double)bad.Count / all.Length;
            Assert.InRange(Distance(RobustCombiner.GeometricMedian(all), centre), 0,
                (2 * (1 - share) / (1 - (2 * share)) * radius) + 1e-6);
        }));

    [Fact]
    public void One_bad_group_moves_the_mean_and_half_of_them_move_the_medians()
    {
        double[][] one = [[1e9], [1], [1], [1], [1]];
        Assert.True(RobustCombiner.Mean(one)[0] > 1e8);
        Assert.Equal(1, RobustCombiner.Median(one)[0]);
        double[][] half = [[1e9], [1e9], [1], [1]];
        Assert.True(RobustCombiner.Median(half)[0] > 1e8);
    }

    [Fact]
    public void What_cannot_be_combined_is_refused()
    {
        Assert.Throws<ArgumentException>(() => RobustCombiner.Mean([]));
        Assert.Throws<ArgumentException>(() => RobustCombiner.Median([[1], [1, 2]]));
        Assert.Throws<ArgumentException>(() => RobustCombiner.GeometricMedian([[double.NaN], [1]]));
        Assert.Throws<ArgumentException>(() => RobustCombiner.Mean([[1], [2]], [1]));
        Assert.Throws<ArgumentException>(() => RobustCombiner.Mean([[1], [2]], [1, 0]));
        Assert.Throws<ArgumentException>(() => RobustCombiner.TrimmedMean([[1], [2]], 1));
        Assert.Throws<ArgumentException>(() => RobustCombiner.TrimmedMean([[1], [2]], -1));
    }

    private static (double[][] Means, SeededGenerator Generator) Random(ulong seed, int? entries = null)
    {
        var generator = new SeededGenerator(seed);
        var (groups, length) = (2 + (int)(generator.NextUnit() * 6), entries ?? 1 + (int)(generator.NextUnit() * 9));
        double[][] means = [.. Enumerable.Range(0, groups).Select(_ =>
            Enumerable.Range(0, length).Select(_ => generator.NextNormal()).ToArray())];
        return (means, generator);
    }

    // Halves its step whenever no direction helps: slow, and nothing in common with Weiszfeld's iteration. It starts at
    // the best of the points, since the sum of distances has kinks there.
    private static double PatternSearch(double[][] points, List<double> weights)
    {
        var z = points.MinBy(p => Distances(points, weights, p))!.ToArray();
        var least = Distances(points, weights, z);
        var generator = new SeededGenerator(5);
        for (var step = 1.0; step > 1e-9; step /= 2)
        {
            for (var tries = 0; tries < 40; tries++)
            {
                var direction = z.Select(_ => generator.NextNormal()).ToArray();
                var next = z.Select((v, i) => v + (step * direction[i])).ToArray();
                var value = Distances(points, weights, next);
                if (value < least)
                    (z, least, tries) = (next, value, 0);
            }
        }

        return least;
    }

    private static double Distances(IReadOnlyList<double[]> points, List<double>? weights, double[] z) =>
        points.Select((p, g) => (weights?[g] ?? 1) * Distance(p, z)).Sum() / (weights?.Sum() ?? points.Count);

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }
}
