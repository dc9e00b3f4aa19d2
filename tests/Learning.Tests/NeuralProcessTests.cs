using Xunit;

namespace FedMeta.Learning.Tests;

public class NeuralProcessTests
{
    private static readonly ModelSpec Spec = ModelSpec.FromStudy("cnp", 2, 1, [5, 4]);

    [Fact]
    public void Finite_differences_agree_on_random_episodes()
    {
        var model = ManagedEngine.Instance.Build<double>(Spec);
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var generator = new SeededGenerator(seed);
            var (theta, v) = (Spec.Initial(seed), new double[Spec.ParameterCount]);
            for (var i = 0; i < v.Length; i++) v[i] = generator.NextNormal();
            var episode = Episode.Of(Task(generator, 6, 6), [.. Enumerable.Range(0, 12)]);
            var gradient = new double[v.Length];
            model.Gradient(theta, episode, gradient);
            const double h = 1e-7;
            var (up, down) = ((double[])theta.Clone(), (double[])theta.Clone());
            FlatVector.AddScaled(up, h, v);
            FlatVector.AddScaled(down, -h, v);
            var slope = (model.Loss(up, episode) - model.Loss(down, episode)) / (2 * h);
            Assert.Equal(slope, FlatVector.Dot<double>(gradient, v), 1e-6);
        }
    }

    [Fact]
    public void The_adapted_model_is_an_ordinary_network_with_the_loss_of_the_queries_given_the_context()
    {
        var algorithm = MetaAlgorithms.Create<double>(new AlgorithmSettings("cnp", 0.1, 1), Spec);
        var model = ManagedEngine.Instance.Build<double>(algorithm.TrainingSpec);
        var task = Task(new SeededGenerator(4), 8, 8);
        var theta = Spec.Initial(6);
        var adapted = ((IForwardAdaptation<double>)algorithm).Adapt(ManagedEngine.Instance, theta, task.Support);
        Assert.Null(adapted.Problem);
        Assert.Equal(ModelSpec.FromStudy("mlp-relu", 2, 1, [5, 4]), adapted.Spec);
        var ordinary = ManagedEngine.Instance.Build<double>(adapted.Spec);
        var update = new double[theta.Length];
        Assert.Equal(
            ordinary.Loss(adapted.Theta, task.Query), algorithm.TaskUpdate(model, theta, task, update), 1e-13);
        Assert.True(FlatVector.Norm<double>(update) > 0);

        // Another context gives another model; none gives the prediction of the shared one.
        var other = ((IForwardAdaptation<double>)algorithm).Adapt(ManagedEngine.Instance, theta, task.Query);
        Assert.NotEqual(adapted.Theta, other.Theta);
        var none = ((IForwardAdaptation<double>)algorithm).Adapt(
            ManagedEngine.Instance, theta, task.Support.Slice(0, 0));
        var (alone, shared) = (new double[8], new double[8]);
        ordinary.Predict(none.Theta, task.Query.Inputs.Span, alone);
        model.Predict(theta, task.Query.Inputs.Span, shared);
        Assert.Equal(alone, shared);
    }

    [Fact]
    public void Training_learns_to_read_the_context()
    {
        // Sites differ in a threshold that only the context tells.
        var algorithm = MetaAlgorithms.Create<double>(
            new AlgorithmSettings("cnp", 0.1, 1), ModelSpec.FromStudy("cnp", 1, 1, [8]));
        var model = ManagedEngine.Instance.Build<double>(algorithm.TrainingSpec);
        var state = algorithm.InitialState(algorithm.Spec.Initial(1));
        var stepper = ServerOptimizer.Create(new ServerOptimizerSettings("adam", 0.02), state.Length);
        var (update, before, after) = (new double[state.Length], 0.0, 0.0);
        for (var round = 0; round < 600; round++)
        {
            var loss = algorithm.TaskUpdate(model, state, Threshold((ulong)round), update);
            stepper.Step(state, update);
            if (round < 50) before += loss / 50;
            if (round >= 550) after += loss / 50;
        }

        Assert.True(after < 0.5 * before, $"{before} to {after}");
    }

    [Fact]
    public void The_text_of_a_model_reads_back_and_what_cannot_be_is_refused()
    {
        Assert.Equal(Spec, ModelSpecText.Parse(Spec.Text));
        Assert.Equal((2 + 1 + 1) * 5 + (5 + 1) * 4 + (4 + 1) * 4 + (2 + 4 + 1) * 5 + (5 + 1) * 4 + (4 + 1) * 1,
            Spec.ParameterCount);
        Assert.NotEmpty(ModelSpecText.Problems("cnp", 2, 1, []));
        Assert.NotEmpty(ModelSpecText.Problems("cnp", 2, 1, [3], "prototypes"));
        Assert.NotEmpty(ModelSpecText.Problems("cnp", 1 << 20, 1, [1]));
        Assert.NotEmpty(ModelSpecText.Problems("cnp", 1 << 12, 1, [1 << 14]));
    }

    [Theory]
    [InlineData("cnp", "mlp-relu")]
    [InlineData("maml", "cnp")]
    public void A_neural_process_goes_with_its_algorithm_alone(string algorithm, string kind) =>
        Assert.Throws<ArgumentException>(() => MetaAlgorithms.Create<double>(
            new AlgorithmSettings(algorithm, 0.1, 1), ModelSpec.FromStudy(kind, 2, 1, [3])));

    private static MetaTask<double> Threshold(ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var threshold = generator.NextNormal();
        var (x, y) = (new double[40], new double[40]);
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = 2 * generator.NextNormal();
            y[i] = x[i] > threshold ? 1 : 0;
        }

        return new MetaTask<double>(new Batch<double>(x, y, 40), 20);
    }

    private static MetaTask<double> Task(SeededGenerator generator, int support, int query)
    {
        var (x, y) = (new double[2 * (support + query)], new double[support + query]);
        for (var i = 0; i < x.Length; i++) x[i] = generator.NextNormal();
        for (var i = 0; i < y.Length; i++) y[i] = generator.NextBelow(2);
        return new MetaTask<double>(new Batch<double>(x, y, y.Length), support);
    }
}
