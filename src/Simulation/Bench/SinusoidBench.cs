using System.Diagnostics;
using FedMeta.Learning;
using FedMeta.Simulation.Synthetic;

namespace FedMeta.Simulation.Bench;

/// <summary>
/// Measures meta-training on sinusoids as in Finn, Abbeel and Levine 2017, the whole loop: drawing tasks, exact
/// second-order updates, mean, Adam.
/// </summary>
internal static class SinusoidBench
{
    private const int Tasks = 25;
    private const int Shots = 10;

    private static readonly ModelSpec Spec = ModelSpec.FromStudy("mlp-relu", 1, 1, [40, 40], "mse");

    /// <param name="iterations">Meta-iterations; a tenth as many before warm up.</param>
    public static IReadOnlyList<EngineFigure> Run(int iterations)
    {
        var one = Train(iterations, threads: 1);
        var all = Train(iterations, Environment.ProcessorCount);
        return
        [
            new("seconds_per_1000", "processor seconds of 1,000 meta-iterations", one.Processor),
            new("wall_seconds_per_1000", "the same on the wall", one.Wall),
            new("threads", "threads of the second run", Environment.ProcessorCount),
            new("threads_wall_seconds_per_1000", "1,000 meta-iterations on the wall there", all.Wall),
            new("threads_same_bits", "1 where both runs end in the same bits",
                one.Theta.SequenceEqual(all.Theta) ? 1 : 0),
            new("allocated_bytes", "bytes from the heap in a meta-iteration, one thread", one.Allocated),
            new("loss", "mean query loss over the last fifth", one.Loss),
        ];
    }

    private static Outcome Train(int iterations, int threads)
    {
        var model = ManagedEngine.Instance.Build<float>(Spec);
        var algorithm = MetaAlgorithms.Create<float>(new AlgorithmSettings("maml", 0.01, 1), Spec);
        var updates = new TaskUpdates<float>(model, algorithm, threads);
        var theta = Spec.Initial(1);
        var optimizer = ServerOptimizer.Create(
            new ServerOptimizerSettings("adam", 0.001, SecondMoment: 0.999, Tau: 1e-8), theta.Length);
        var sinusoids = new Sinusoids(Tasks, 2 * Shots, Shots);
        var state = new float[theta.Length];
        var sum = new float[theta.Length];
        var mean = new double[theta.Length];
        double losses = 0;
        TaskUpdateSink<float> add = (_, loss, update) =>
        {
            FlatVector.Add<float>(sum, update);
            losses += loss;
        };
        var (processor, wall, allocated) = (0.0, 0L, 0L);
        for (var iteration = -(iterations / 10); iteration < iterations; iteration++)
        {
            if (iteration == 0)
            {
                allocated = GC.GetAllocatedBytesForCurrentThread();
                processor = CpuClock.ProcessSeconds;
                wall = Stopwatch.GetTimestamp();
            }

            if (iteration == iterations - (iterations / 5)) losses = 0;
            sinusoids.Draw();
            for (var i = 0; i < state.Length; i++) state[i] = (float)theta[i];
            sum.AsSpan().Clear();
            updates.Run(state, sinusoids.Tasks, add);
            for (var i = 0; i < mean.Length; i++) mean[i] = sum[i] / (double)Tasks;
            optimizer.Step(theta, mean);
        }

        return new Outcome(
            1000 * (CpuClock.ProcessSeconds - processor) / iterations,
            1000 * Stopwatch.GetElapsedTime(wall).TotalSeconds / iterations,
            (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)iterations,
            losses / (Tasks * (iterations / 5)), theta);
    }

    private sealed record Outcome(double Processor, double Wall, double Allocated, double Loss, double[] Theta);

    /// <summary>Tasks of sine waves, drawn anew into the same memory.</summary>
    private sealed class Sinusoids
    {
        private readonly SeededGenerator _generator = new(2);
        private readonly (float[] X, float[] Y)[] _points;

        public Sinusoids(int tasks, int points, int support)
        {
            _points = new (float[], float[])[tasks];
            for (var i = 0; i < tasks; i++) _points[i] = (new float[points], new float[points]);
            Tasks = [.. _points.Select(p => new MetaTask<float>(new Batch<float>(p.X, p.Y, points), support))];
        }

        public MetaTask<float>[] Tasks { get; }

        public void Draw()
        {
            foreach (var (x, y) in _points) SineWave.Draw(_generator).DrawPoints(_generator, x, y);
        }
    }
}
