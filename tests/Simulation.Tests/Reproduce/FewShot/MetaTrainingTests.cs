using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.FewShot;
using FedMeta.Simulation.Reproduce.Sinusoid;

namespace FedMeta.Simulation.Tests.Reproduce.FewShot;

public sealed class MetaTrainingTests
{
    private static readonly ModelSpec Spec = ModelSpec.FromStudy("mlp-relu", 1, 1, [8], "mse");

    [Fact]
    public void The_tasks_of_a_round_go_round_the_clients()
    {
        var clients = new[] { new Counting(), new Counting(), new Counting() };
        Train(clients, tasks: 5, seed: 1, rounds: 3);

        Assert.Equal([5, 5, 5], clients.Select(c => c.Drawn));
    }

    [Fact]
    public void Clients_with_the_same_data_train_the_model_of_one_client_that_has_it_all()
    {
        var pooled = Train([new SinusoidTasks(5, 5)], tasks: 4, seed: 3, rounds: 20);
        var federated = Train([new SinusoidTasks(5, 5), new SinusoidTasks(5, 5)], tasks: 4, seed: 3, rounds: 20);

        for (var i = 0; i < pooled.Length; i++) Assert.Equal(pooled[i], federated[i], 1e-5f);
    }

    [Fact]
    public void The_same_seed_trains_the_same_model_to_the_bit_and_another_does_not()
    {
        var one = Train([new SinusoidTasks(5, 5)], tasks: 4, seed: 3, rounds: 5);

        Assert.Equal(one, Train([new SinusoidTasks(5, 5)], tasks: 4, seed: 3, rounds: 5));
        Assert.Equal(one, Train([new SinusoidTasks(5, 5)], tasks: 4, seed: 3, rounds: 5, threads: 3));
        Assert.NotEqual(one, Train([new SinusoidTasks(5, 5)], tasks: 4, seed: 4, rounds: 5));
    }

    [Fact]
    public void Training_makes_a_step_on_a_new_task_worth_more()
    {
        var model = ManagedEngine.Instance.Build<float>(Spec);
        var rates = Enumerable.Repeat(0.01f, Spec.ParameterCount).ToArray();
        var exam = new SinusoidExam(seed: 9, tasks: 40);
        double AfterOneStep(float[] theta) => exam.Score(model, theta, rates, shots: 10)[1].Average();

        var untrained = Train([new SinusoidTasks(10, 10)], tasks: 8, seed: 1, rounds: 0);
        var trained = Train([new SinusoidTasks(10, 10)], tasks: 8, seed: 1, rounds: 300);
        Assert.True(AfterOneStep(trained) < 0.8 * AfterOneStep(untrained),
            $"{AfterOneStep(untrained)} {AfterOneStep(trained)}");
    }

    private static float[] Train(
        IReadOnlyList<ITaskSource> clients, int tasks, ulong seed, int rounds, int threads = 1) =>
        new MetaTraining(ManagedEngine.Instance.Build<float>(Spec),
            MetaAlgorithms.Create<float>(new AlgorithmSettings("maml", 0.01, 1), Spec), clients, tasks,
            SinusoidRun.Server with { Rate = 0.01 }, threads).Run(
            Spec.Initial(seed), seed, rounds, (_, _) => { });

    private sealed class Counting : ITaskSource
    {
        public int Drawn { get; private set; }

        public MetaTask<float> Draw(SeededGenerator generator)
        {
            Drawn++;
            return new SinusoidTasks(2, 2).Draw(generator);
        }
    }
}
