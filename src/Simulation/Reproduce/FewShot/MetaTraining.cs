using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.FewShot;

/// <summary>
/// Rounds of meta-training in one process: every client draws tasks from its own data, runs the library's algorithm on
/// each and hands on the sum of its updates; the server sees the sum over clients alone, divides by the public number
/// of tasks and takes its step. One client that holds everything is training on pooled data.
/// </summary>
/// <param name="model">The loss.</param>
/// <param name="algorithm">What a task's update is.</param>
/// <param name="clients">At least one. The tasks of a round go round the clients.</param>
/// <param name="tasks">Tasks of a round, the meta-batch.</param>
/// <param name="server">The server's step.</param>
/// <param name="threads">On how many threads the tasks of a round are computed; the result is the same for any.</param>
internal sealed class MetaTraining(
    IModel<float> model, IMetaAlgorithm<float> algorithm, IReadOnlyList<ITaskSource> clients, int tasks,
    ServerOptimizerSettings server, int threads)
{
    /// <summary>The seed of a run's initial parameters, which no round shares.</summary>
    public static ulong InitialSeed(ulong seed) => SeededGenerator.Derive(seed, 0);

    /// <summary>Trains.</summary>
    /// <param name="initial">The parameters to start from.</param>
    /// <param name="seed">Of every task.</param>
    /// <param name="rounds">Meta-iterations.</param>
    /// <param name="after">Called after each round with its number from 1 and the state.</param>
    /// <returns>The last state.</returns>
    public float[] Run(ReadOnlySpan<double> initial, ulong seed, int rounds, Action<int, ReadOnlyMemory<float>> after)
    {
        var shared = algorithm.InitialState(initial);
        var optimizer = ServerOptimizer.Create(server, shared.Length);
        var state = Array.ConvertAll(shared, x => (double)x);
        var mean = new double[shared.Length];
        var sums = clients.Select(_ => new double[shared.Length]).ToArray();
        var updates = new TaskUpdates<float>(model, algorithm, threads);
        var drawn = new MetaTask<float>[tasks];
        for (var round = 1; round <= rounds; round++)
        {
            var roundSeed = SeededGenerator.Derive(seed, (ulong)round);
            var first = (long)(round - 1) * tasks;
            for (var i = 0; i < tasks; i++)
                drawn[i] = clients[ClientOf(first + i)].Draw(
                    new SeededGenerator(SeededGenerator.Derive(roundSeed, (ulong)i)));
            foreach (var sum in sums) sum.AsSpan().Clear();
            updates.Run(shared, drawn, (task, _, update) =>
            {
                var sum = sums[ClientOf(first + task)];
                for (var j = 0; j < sum.Length; j++) sum[j] += update[j];
            });
            mean.AsSpan().Clear();
            foreach (var sum in sums)
                FlatVector.AddScaled<double>(mean, 1.0 / tasks, sum);
            optimizer.Step(state, mean);
            for (var j = 0; j < shared.Length; j++) shared[j] = (float)state[j];
            algorithm.Project(shared);
            after(round, shared);
        }

        return shared;
    }

    private int ClientOf(long task) => (int)(task % clients.Count);
}
