using Xunit;

namespace FedMeta.Learning.Tests;

public class MinibatchesTests
{
    private static readonly ModelSpec Spec = ModelSpec.FromStudy("mlp-tanh", 2, 1, [3], "bce");

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(11)]
    public void A_batch_of_all_records_is_the_records_themselves(int size)
    {
        var data = Numbered(10);
        var batches = Minibatches.Of(in data, size, 7, seed: 3);
        Assert.Equal(1, batches.Length);
        Assert.True(batches[0].Inputs.Equals(data.Inputs));
    }

    [Fact]
    public void Every_record_is_seen_once_before_any_is_seen_again()
    {
        var data = Numbered(10);
        var batches = Minibatches.Of(in data, 3, 7, seed: 3);
        Assert.Equal(7, batches.Length);
        List<double> Seen(ReadOnlySpan<Batch<double>> part)
        {
            var seen = new List<double>();
            foreach (var batch in part)
            {
                Assert.Equal(3, batch.Count);
                for (var i = 0; i < 3; i++)
                {
                    seen.Add(batch.Inputs.Span[2 * i]);
                    Assert.Equal(batch.Inputs.Span[2 * i], batch.Targets.Span[i]);
                }
            }

            return seen;
        }

        // Three batches of three fit into ten records; the fourth starts a new order.
        Assert.Equal(9, Seen(batches[..3]).Distinct().Count());
        Assert.Equal(9, Seen(batches[3..6]).Distinct().Count());
        Assert.NotEqual(Seen(batches[..3]), Seen(batches[3..6]));
    }

    [Fact]
    public void The_draw_is_the_seeds_and_not_the_values()
    {
        var (data, other) = (Numbered(10), Numbered(10, shift: 100));
        var batches = Minibatches.Of(in data, 4, 3, seed: 5);
        var again = Minibatches.Of(in data, 4, 3, seed: 5);
        var shifted = Minibatches.Of(in other, 4, 3, seed: 5);
        var different = Minibatches.Of(in data, 4, 3, seed: 6);
        var equal = true;
        for (var step = 0; step < 3; step++)
        {
            Assert.Equal(batches[step].Targets.ToArray(), again[step].Targets.ToArray());
            Assert.Equal(
                batches[step].Targets.ToArray(), shifted[step].Targets.ToArray().Select(value => value - 100));
            equal &= batches[step].Targets.Span.SequenceEqual(different[step].Targets.Span);
        }

        Assert.False(equal);
    }

    /// <summary>The algorithms take the batches that the seed draws, one for each step, and nothing else.</summary>
    [Fact]
    public void Maml_with_minibatches_is_the_adapted_gradient_over_the_drawn_batches()
    {
        var model = ManagedEngine.Instance.Build<double>(Spec);
        var theta = Spec.Initial(1);
        var task = Task(seed: 11);
        var support = task.Support;
        var maml = MetaAlgorithms.Create<double>(new AlgorithmSettings("maml", 0.3, 3, BatchSize: 2), Spec);
        var (update, expected) = (new double[theta.Length], new double[theta.Length]);
        maml.TaskUpdate(model, theta, task, update);
        var rates = new double[theta.Length];
        rates.AsSpan().Fill(0.3);
        AdaptedGradient.Compute<double>(
            model, theta, Minibatches.Of(in support, 2, 3, 11), 3, task.Query, rates, default, GradientOrder.Second,
            expected);
        Assert.Equal(expected, update);
    }

    [Fact]
    public void Every_algorithm_with_inner_steps_takes_minibatches_and_the_seed_decides_them()
    {
        var model = ManagedEngine.Instance.Build<double>(Spec);
        foreach (var traits in MetaAlgorithms.All.Where(each => each.Keys.HasFlag(AlgorithmKeys.Batch)))
        {
            var whole = MetaAlgorithms.Create<double>(new AlgorithmSettings(traits.Name, 0.3, 3), Spec);
            var batched = MetaAlgorithms.Create<double>(
                new AlgorithmSettings(traits.Name, 0.3, 3, BatchSize: 2), Spec);
            Assert.NotEqual(Update(whole, model, 1), Update(batched, model, 1));
            Assert.NotEqual(Update(batched, model, 2), Update(batched, model, 1));
            Assert.Equal(Update(batched, model, 1), Update(batched, model, 1));
            Assert.Equal(Update(whole, model, 1), Update(whole, model, 2));
        }
    }

    [Fact]
    public void A_batch_where_there_are_no_steps_and_a_negative_one_are_refused()
    {
        Assert.Contains("batch", Assert.Single(new AlgorithmSettings("fedsgd", 0.1, 1, BatchSize: 4).Problems()),
            StringComparison.Ordinal);
        Assert.Single(new AlgorithmSettings("maml", 0.1, 1, BatchSize: -1).Problems());
    }

    [Fact]
    public void Each_task_of_a_site_draws_by_a_seed_of_its_own()
    {
        var tasks = TaskPartition.Split(Numbered(30), 3, 3, seed: 4);
        Assert.Equal(5, tasks.Select(task => task.Seed).Distinct().Count());
        Assert.Equal(tasks.Select(task => task.Seed), TaskPartition.Split(Numbered(30), 3, 3, 4).Select(t => t.Seed));
    }

    private static double[] Update(IMetaAlgorithm<double> algorithm, IModel<double> model, ulong seed)
    {
        var update = new double[algorithm.UploadLength];
        algorithm.TaskUpdate(model, algorithm.InitialState(Spec.Initial(1)), Task(seed), update);
        return update;
    }

    private static Batch<double> Numbered(int count, double shift = 0)
    {
        var (x, y) = (new double[2 * count], new double[count]);
        for (var i = 0; i < count; i++) x[2 * i] = y[i] = i + shift;
        return new Batch<double>(x, y, count);
    }

    private static MetaTask<double> Task(ulong seed)
    {
        var generator = new SeededGenerator(2);
        var (x, y) = (new double[32], new double[16]);
        for (var i = 0; i < x.Length; i++) x[i] = generator.NextNormal();
        for (var i = 0; i < y.Length; i++) y[i] = x[2 * i] > 0 ? 1 : 0;
        return new MetaTask<double>(new Batch<double>(x, y, 16), 8, seed);
    }
}
