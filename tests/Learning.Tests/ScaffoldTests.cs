using Xunit;

namespace FedMeta.Learning.Tests;

public class ScaffoldTests
{
    private const int Sites = 4, Parameters = 3;
    private static readonly ModelSpec Spec = ModelSpec.FromStudy("linear", 2, 1, []);
    private static readonly IModel<double> Model = ManagedEngine.Instance.Build<double>(Spec);

    [Fact]
    public void A_study_starts_with_the_parameters_and_a_control_variate_of_zero()
    {
        var state = Create("scaffold").InitialState([1, 2, 3]);
        Assert.Equal([1, 2, 3, 0, 0, 0], state);
        Assert.Equal([0.1, 0.1, 0.1], Create("scaffold").InnerRates(state));
    }

    /// <summary>Lines 7 to 13 of the paper's algorithm 1 for one step, by hand: y = x - eta (g - c_i + c).</summary>
    [Fact]
    public void One_step_is_the_paper_s()
    {
        double[] x = [0.3, -0.2, 0.1], c = [0.5, 0, -0.5], own = [1, 2, 3];
        var task = Task(0);
        var gradient = new double[Parameters];
        Model.Gradient(x, task.All, gradient);
        var update = new double[2 * Parameters];
        ((ISiteState<double>)Create("scaffold", steps: 1)).OfSite(own)
            .TaskUpdate(Model, (double[])[.. x, .. c], task, update);
        for (var i = 0; i < Parameters; i++)
        {
            Assert.Equal(0.1 * (gradient[i] - own[i] + c[i]), update[i], 12);

            // With K = 1 option II is option I: c_i+ = g(x).
            Assert.Equal(gradient[i] - own[i], update[Parameters + i], 12);
        }
    }

    /// <summary>What the correction is for: sites whose losses bend differently. Local steps alone settle elsewhere
    /// than at the minimum of the mean loss; corrected ones settle there.</summary>
    [Fact]
    public void Sites_that_differ_agree_on_the_minimum_of_their_mean_loss_where_fedavg_does_not()
    {
        Assert.InRange(GradientAtTheEnd("scaffold"), 0, 1e-9);
        Assert.InRange(GradientAtTheEnd("fedavg"), 1e-3, double.MaxValue);
    }

    /// <summary>The invariant that all rests on, with sites that stay away, a clip that bites, a divisor that is not
    /// the number of sites and every optimiser: c is the mean of all c_i.</summary>
    [Theory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("adam")]
    [InlineData("fedyogi")]
    [InlineData("fedadagrad")]
    public void The_shared_control_variate_stays_the_mean_of_the_sites_own(string optimizerName)
    {
        const double divisor = 7, clip = 2;
        var algorithm = Create("scaffold");
        var sites = (ISiteState<double>)algorithm;
        var optimizer = ServerOptimizer.Create(
            new ServerOptimizerSettings(optimizerName, 0.05), ServerStep.OptimizedLength(algorithm));
        var state = algorithm.InitialState([0.3, -0.2, 0.1]);
        double[][] own = [.. Enumerable.Range(0, Sites).Select(_ => new double[Parameters])];
        var (update, clipped) = (new double[2 * Parameters], 0);
        for (var round = 0; round < 12; round++)
        {
            var sum = new double[2 * Parameters];
            for (var site = 0; site < Sites; site++)
            {
                if ((round + site) % 3 == 0) continue;
                sites.OfSite(own[site]).TaskUpdate(Model, state, Task(site), update);
                if (FlatVector.Clip<double>(update, clip) > clip) clipped++;
                sites.Advance(own[site], update);
                FlatVector.Add<double>(sum, update);
            }

            FlatVector.Scale<double>(sum, 1 / divisor);
            ServerStep.Apply(algorithm, optimizer, state, sum, divisor / Sites, noiseVariance: 1e-3);
            for (var i = 0; i < Parameters; i++)
                Assert.Equal(own.Average(vector => vector[i]), state[Parameters + i], 12);
        }

        Assert.InRange(clipped, 3, 29);
        Assert.All(own, vector => Assert.True(FlatVector.Norm<double>(vector) > 0.1));
    }

    [Fact]
    public void The_server_s_optimiser_has_the_parameters_and_nothing_behind_them()
    {
        Assert.Equal(Parameters, ServerStep.OptimizedLength(Create("scaffold")));
        Assert.Equal(2 * Parameters, ServerStep.OptimizedLength(Create("meta-sgd")));
        var state = new double[] { 1, 1, 1, 5, 5, 5 };
        var optimizer = ServerOptimizer.Create(new ServerOptimizerSettings("sgd", 10), Parameters);
        ServerStep.Apply(Create("scaffold"), optimizer, state, (double[])[1, 2, 3, 1, 2, 3], perSite: 0.5);
        Assert.Equal([-9, -19, -29, 5.5, 6, 6.5], state);
    }

    [Fact]
    public void A_site_s_vector_of_another_length_is_refused() => Assert.Throws<ArgumentException>(
        () => ((ISiteState<double>)Create("scaffold")).OfSite(new double[Parameters + 1]));

    private static double GradientAtTheEnd(string name)
    {
        var algorithm = Create(name);
        var sites = algorithm as ISiteState<double>;
        var optimizer = ServerOptimizer.Create(
            new ServerOptimizerSettings("sgd", 1), ServerStep.OptimizedLength(algorithm));
        var state = algorithm.InitialState([0, 0, 0]);
        double[][] own = [.. Enumerable.Range(0, Sites).Select(_ => new double[Parameters])];
        var update = new double[algorithm.UploadLength];
        for (var round = 0; round < 400; round++)
        {
            var mean = new double[update.Length];
            for (var site = 0; site < Sites; site++)
            {
                (sites?.OfSite(own[site]) ?? algorithm).TaskUpdate(Model, state, Task(site), update);
                sites?.Advance(own[site], update);
                FlatVector.AddScaled(mean, 1.0 / Sites, update);
            }

            ServerStep.Apply(algorithm, optimizer, state, mean);
        }

        var (gradient, all) = (new double[Parameters], new double[Parameters]);
        for (var site = 0; site < Sites; site++)
        {
            Model.Gradient(state.AsSpan(0, Parameters), Task(site).All, gradient);
            FlatVector.AddScaled(all, 1.0 / Sites, gradient);
        }

        return FlatVector.Norm<double>(all);
    }

    private static IMetaAlgorithm<double> Create(string name, int steps = 5) =>
        MetaAlgorithms.Create<double>(new AlgorithmSettings(name, 0.1, steps), Spec);

    // Sites differ in where their minimum is, and in how much their loss bends on the way there.
    private static MetaTask<double> Task(int site)
    {
        const int rows = 20;
        var generator = new SeededGenerator((ulong)site + 1);
        var (x, y) = (new double[2 * rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            x[2 * i] = (0.5 + (0.4 * site)) * generator.NextNormal();
            x[(2 * i) + 1] = generator.NextNormal();
            y[i] = ((site - 1) * x[2 * i]) + x[(2 * i) + 1] + site;
        }

        return new MetaTask<double>(new Batch<double>(x, y, rows), 0);
    }
}
