using Xunit;

namespace FedMeta.Learning.Tests;

public class PrototypesTests
{
    private static readonly ModelSpec Spec = ModelSpec.FromStudy("mlp-tanh", 2, 3, [4, 3]);

    [Fact]
    public void Finite_differences_agree_on_random_episodes()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var generator = new SeededGenerator(seed);
            var model = ManagedEngine.Instance.Build<double>(Spec.WithLoss("prototypes"));
            var theta = Spec.Initial(seed);
            var v = new double[theta.Length];
            for (var i = 0; i < v.Length; i++) v[i] = generator.NextNormal();
            var task = Task(generator, 9, 15);
            var episode = Episode.Of(task, [.. Enumerable.Range(0, task.All.Count)]);
            var (gradient, product) = (new double[v.Length], new double[v.Length]);
            model.Gradient(theta, episode, gradient);
            model.HessianVectorProduct(theta, episode, v, product);

            const double h = 1e-5;
            var (up, down) = (Moved(theta, v, h), Moved(theta, v, -h));
            var slope = (model.Loss(up, episode) - model.Loss(down, episode)) / (2 * h);
            Assert.Equal(slope, FlatVector.Dot<double>(gradient, v), 1e-7);
            var (above, below) = (new double[v.Length], new double[v.Length]);
            model.Gradient(up, episode, above);
            model.Gradient(down, episode, below);
            for (var i = 0; i < v.Length; i++) Assert.Equal((above[i] - below[i]) / (2 * h), product[i], 1e-6);
        }
    }

    [Fact]
    public void Single_precision_agrees_with_double()
    {
        var row = Fixture.Read("prototypes.json")[0];
        var (model, theta, episode) = EpisodeFixtureTests.Read(row);
        var single = ManagedEngine.Instance.Build<float>(model.Spec);
        var narrow = new float[theta.Length];
        single.Gradient([.. theta.Select(x => (float)x)], episode.ConvertTo<float>(), narrow);
        Fixture.AssertClose(row.Vector("gradient"), [.. narrow.Select(x => (double)x)], 1e-5);
    }

    /// <summary>The claim of the adapted model: its largest logit is the nearest prototype.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_written_head_decides_as_the_nearest_prototype_does(int outputs)
    {
        var spec = ModelSpec.FromStudy("mlp-tanh", 2, outputs, [4, 5]);
        var algorithm = Create(spec);
        var generator = new SeededGenerator(7);
        var (theta, classes) = (spec.Initial(3), spec.EpisodeClasses);
        var support = Task(generator, 5 * classes, 1, classes).Support;
        var adapted = ((IForwardAdaptation<double>)algorithm).Adapt(ManagedEngine.Instance, theta, support);
        Assert.Null(adapted.Problem);
        Assert.Equal(spec, adapted.Spec);
        Assert.Equal(theta[..spec.HeadOffset], adapted.Theta[..spec.HeadOffset]);

        var fresh = new double[200];
        for (var i = 0; i < fresh.Length; i++) fresh[i] = 2 * generator.NextNormal();
        var logits = new double[100 * outputs];
        ManagedEngine.Instance.Build<double>(spec).Predict(adapted.Theta, fresh, logits);
        var embedded = Prototypes.Embed<double>(ManagedEngine.Instance, spec, theta, fresh);
        var known = Prototypes.Embed<double>(ManagedEngine.Instance, spec, theta, support.Inputs.Span);
        var winners = new HashSet<int>();
        for (var i = 0; i < 100; i++)
        {
            var row = logits.AsSpan(i * outputs, outputs);
            var predicted = outputs == 1 ? row[0] > 0 ? 1 : 0 : row.IndexOf(row.ToArray().Max());
            Assert.Equal(Nearest(embedded.AsSpan(i * 5, 5), known, support.Targets.Span, classes), predicted);
            winners.Add(predicted);
        }

        Assert.True(winners.Count > 1);
    }

    [Fact]
    public void The_loss_of_the_written_head_on_the_queries_is_the_prototypical_loss()
    {
        var algorithm = Create(Spec);
        var model = ManagedEngine.Instance.Build<double>(algorithm.TrainingSpec);
        var task = Task(new SeededGenerator(3), 9, 15);
        var theta = Spec.Initial(2);
        var adapted = ((IForwardAdaptation<double>)algorithm).Adapt(ManagedEngine.Instance, theta, task.Support);
        var ordinary = ManagedEngine.Instance.Build<double>(Spec);
        Assert.Equal(
            ordinary.Loss(adapted.Theta, task.Query),
            algorithm.TaskUpdate(model, theta, task, new double[theta.Length]), 1e-12);
    }

    [Fact]
    public void Queries_of_a_class_without_support_are_left_out_and_a_task_of_nothing_else_sends_zero()
    {
        var algorithm = Create(Spec);
        var model = ManagedEngine.Instance.Build<double>(algorithm.TrainingSpec);
        var theta = Spec.Initial(2);
        double[] x = [0, 1, 1, 0, 2, 2, 1, 1, 3, 1];
        var (with, without) = (new double[theta.Length], new double[theta.Length]);
        algorithm.TaskUpdate(
            model, theta, new MetaTask<double>(new Batch<double>(x, new double[] { 0, 1, 0, 2, 1 }, 5), 2), with);
        algorithm.TaskUpdate(
            model, theta, new MetaTask<double>(
                new Batch<double>(x, new double[] { 0, 1, 0, 2, 1 }, 5).Select([0, 1, 2, 4]), 2), without);
        Assert.Equal(without, with);
        Assert.True(FlatVector.Norm<double>(with) > 0);
        algorithm.TaskUpdate(
            model, theta, new MetaTask<double>(new Batch<double>(x, new double[] { 0, 0, 1, 2, 1 }, 5), 2), with);
        Assert.Equal(new double[theta.Length], with);
    }

    [Fact]
    public void A_hospital_without_patients_of_a_class_is_told_which()
    {
        var adapted = ((IForwardAdaptation<double>)Create(Spec)).Adapt(
            ManagedEngine.Instance, Spec.Initial(1), new Batch<double>(new double[] { 1, 2, 3, 4 }, new double[] { 0, 2 }, 2));
        Assert.Contains("class 1", adapted.Problem, StringComparison.Ordinal);
        Assert.Empty(adapted.Theta);
    }

    [Fact]
    public void A_model_without_a_hidden_layer_has_no_embedding() => Assert.Throws<ArgumentException>(
        () => Create(ModelSpec.FromStudy("softmax", 2, 3, [])));

    [Fact]
    public void An_episode_is_one_loss_and_has_no_gradient_per_record() => Assert.Throws<InvalidOperationException>(
        () => ManagedEngine.Instance.Build<double>(Spec.WithLoss("prototypes")).PerExampleGradients(
            Spec.Initial(1), Episode.Of(Task(new SeededGenerator(1), 3, 3), [0, 1, 2, 3, 4, 5]), (_, _, _) => { }));

    private static IMetaAlgorithm<double> Create(ModelSpec spec) =>
        MetaAlgorithms.Create<double>(new AlgorithmSettings("protonet", 0.1, 1), spec);

    private static int Nearest(ReadOnlySpan<double> z, double[] known, ReadOnlySpan<double> labels, int classes)
    {
        var (nearest, least) = (-1, double.PositiveInfinity);
        for (var c = 0; c < classes; c++)
        {
            var (mean, count) = (new double[z.Length], 0);
            for (var i = 0; i < labels.Length; i++)
            {
                if (labels[i] != c) continue;
                count++;
                for (var k = 0; k < z.Length; k++) mean[k] += known[(i * z.Length) + k];
            }

            double distance = 0;
            for (var k = 0; k < z.Length; k++) distance += Math.Pow(z[k] - (mean[k] / count), 2);
            if (distance < least) (nearest, least) = (c, distance);
        }

        return nearest;
    }

    private static double[] Moved(double[] theta, double[] v, double h)
    {
        var moved = (double[])theta.Clone();
        FlatVector.AddScaled(moved, h, v);
        return moved;
    }

    /// <summary>Records of three classes (or as many as asked for) in turn, so that the support has all.</summary>
    private static MetaTask<double> Task(SeededGenerator generator, int support, int query, int classes = 3)
    {
        var (x, y) = (new double[2 * (support + query)], new double[support + query]);
        for (var i = 0; i < x.Length; i++) x[i] = generator.NextNormal();
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = i % classes;
            x[2 * i] += y[i];
        }

        return new MetaTask<double>(new Batch<double>(x, y, y.Length), support);
    }
}
