using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.FewShot;

namespace FedMeta.Simulation.Reproduce.Sinusoid;

/// <summary>Test tasks and what a theta scores on them: mean squared errors on 100 other points of each task.</summary>
internal sealed class SinusoidExam
{
    /// <summary>Gradient steps after which to score.</summary>
    public static readonly IReadOnlyList<int> Steps = [0, 1, 5, 10];

    /// <summary>Answering zero to everything has at most 25, so a model above this has left its task.</summary>
    public const double DivergedAbove = 100;

    private const int QueryPoints = 100;

    private readonly MetaTask<float>[] _tasks;

    /// <summary>Draws <paramref name="tasks"/> tasks with 10 support points each.</summary>
    public SinusoidExam(ulong seed, int tasks)
    {
        var source = new SinusoidTasks(10, QueryPoints);
        _tasks = [.. Enumerable.Range(0, tasks).Select(i =>
            source.Draw(new SeededGenerator(SeededGenerator.Derive(seed, (ulong)i))))];
    }

    /// <summary>Scores of a theta: one list of figures for each of <see cref="Steps"/>, then the guarded one.</summary>
    /// <param name="model">The loss.</param>
    /// <param name="theta">What is adapted.</param>
    /// <param name="rates">Rate of every coordinate.</param>
    /// <param name="shots">Of the support points the first so many.</param>
    public double[][] Score(IModel<float> model, ReadOnlySpan<float> theta, ReadOnlySpan<float> rates, int shots)
    {
        var columns = Enumerable.Range(0, Steps.Count + 1).Select(_ => new double[_tasks.Length]).ToArray();
        for (var t = 0; t < _tasks.Length; t++)
        {
            var query = _tasks[t].Query;
            var scores = TestAdaptation.Of(model, theta, rates, _tasks[t].Support.Slice(0, shots), Steps,
                adapted => model.Loss(adapted, query));
            for (var c = 0; c < scores.Length; c++) columns[c][t] = scores[c];
        }

        return columns;
    }
}
