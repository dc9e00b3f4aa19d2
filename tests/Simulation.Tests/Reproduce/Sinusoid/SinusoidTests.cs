using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.Sinusoid;

namespace FedMeta.Simulation.Tests.Reproduce.Sinusoid;

public sealed class SinusoidTests
{
    [Fact]
    public void All_points_of_a_task_lie_on_one_sinusoid_of_the_family()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            var task = new SinusoidTasks(10, 20).Draw(new SeededGenerator(seed));
            Assert.Equal((10, 20), (task.Support.Count, task.Query.Count));
            var (x, y) = (task.All.Inputs.ToArray(), task.All.Targets.ToArray());
            Assert.All(x, point => Assert.InRange(point, -5, 5));

            // y = a sin x - b cos x by least squares; amplitude and phase are those of (a, b).
            double ss = 0, sc = 0, cc = 0, sy = 0, cy = 0;
            for (var i = 0; i < x.Length; i++)
            {
                var (s, c) = Math.SinCos(x[i]);
                (ss, sc, cc, sy, cy) = (ss + s * s, sc - s * c, cc + c * c, sy + s * y[i], cy - c * y[i]);
            }

            var determinant = ss * cc - sc * sc;
            var (a, b) = ((sy * cc - cy * sc) / determinant, (cy * ss - sy * sc) / determinant);
            Assert.InRange(Math.Sqrt(a * a + b * b), 0.1 - 1e-5, 5 + 1e-5);
            Assert.InRange(Math.Atan2(b, a), -1e-5, Math.PI + 1e-5);
            for (var i = 0; i < x.Length; i++) Assert.Equal(a * Math.Sin(x[i]) - b * Math.Cos(x[i]), y[i], 1e-4);
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures()
    {
        var method = new SinusoidMethod("Reptile", new AlgorithmSettings("reptile", 0.01, 5), 5, [0.01]);
        var runs = new[] { 1, 1, 2 }.Select(seed => SinusoidRun.Play(method, seed, 5, () => { }).Scores[1].Guarded);

        Assert.Equal([true, false], runs.Zip(runs.Skip(1), (a, b) => a == b));
    }

    [Fact]
    public void A_method_with_several_rates_keeps_the_one_that_serves_validation_tasks_best()
    {
        var method = new SinusoidMethod("pretrained", new AlgorithmSettings("fedsgd", 0.01, 1), 5, [1e6, 0.001]);

        Assert.Equal(0.001, SinusoidRun.Play(method, 1, testTasks: 5, () => { }).AdaptationRate);
    }

    [Fact]
    public void The_page_names_every_run_beside_the_reference_and_judges_the_three_figures()
    {
        var method = new SinusoidMethod("MAML", new AlgorithmSettings("maml", 0.01, 1), 5, [0.01]);
        var page = SinusoidPage.Of([SinusoidRun.Play(method, 1, testTasks: 5, () => { })]);

        Assert.Contains("| *reference MAML* |  | 1 | 2.755 | 0.335 | 0.139 | 0.103 (0.046) | 0.097 |", page);
        Assert.Equal(3, page.Split("outside: worse").Length - 1);
    }

    [Fact]
    public void The_interval_of_the_reference_spans_its_seeds_and_the_error_of_their_means()
    {
        var (low, high) = SinusoidPage.IntervalOf(column: 3, halfWidth: 0.01);

        Assert.Equal(0.093, low, 1e-12);
        Assert.Equal(0.118, high, 1e-12);
    }
}
