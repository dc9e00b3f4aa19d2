using System.Numerics;
using System.Runtime.ExceptionServices;

namespace FedMeta.Learning;

/// <summary>Receives the updates of tasks, one at a time and in the order of the tasks.</summary>
/// <param name="task">Index of the task.</param>
/// <param name="loss">What <see cref="IMetaAlgorithm{T}.TaskUpdate"/> returned.</param>
/// <param name="update">Valid during the call only; may be changed (clipped) in place.</param>
/// <typeparam name="T">float or double.</typeparam>
public delegate void TaskUpdateSink<T>(int task, double loss, Span<T> update);

/// <summary>
/// Computes the updates of many tasks on one thread or several. Each task is computed by one thread and handed on in
/// task order, so whoever sums them gets the same bits for any number of threads. With one thread nothing is allocated
/// after the first call. One run at a time.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class TaskUpdates<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int TasksOfThread = 64;     // the most a thread computes before all wait for the slowest
    private const int MostNumbers = 1 << 24;  // held in updates that wait for their turn

    private readonly IModel<T> _model;
    private readonly IMetaAlgorithm<T> _algorithm;
    private readonly int _threads;
    private readonly T[][] _updates;
    private readonly double[] _losses;

    /// <summary>For one model and one algorithm.</summary>
    /// <param name="model">The loss.</param>
    /// <param name="algorithm">Made for the same model.</param>
    /// <param name="threads">1 or more; fewer are used where the updates are too long to hold one for each.</param>
    public TaskUpdates(IModel<T> model, IMetaAlgorithm<T> algorithm, int threads)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        _model = model;
        _algorithm = algorithm;
        var held = threads == 1
            ? 1
            : (int)Math.Clamp(MostNumbers / algorithm.UploadLength, 1, (long)threads * TasksOfThread);
        _threads = Math.Min(threads, held);
        _updates = new T[held][];
        _losses = new double[held];
    }

    /// <summary>Computes the update of every task at <paramref name="state"/> and hands it to
    /// <paramref name="sink"/>, on the calling thread.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> asked for it; checked before a
    /// task is computed and before it is handed on.</exception>
    public void Run(
        ReadOnlyMemory<T> state, IReadOnlyList<MetaTask<T>> tasks, TaskUpdateSink<T> sink,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(sink);
        for (var first = 0; first < tasks.Count; first += _updates.Length)
        {
            var count = Math.Min(_updates.Length, tasks.Count - first);
            for (var i = 0; i < count; i++) _updates[i] ??= new T[_algorithm.UploadLength];
            if (_threads == 1) Compute(state, tasks, first, 0, stop);
            else ComputeTogether(state, tasks, first, count, stop);
            for (var i = 0; i < count; i++)
            {
                stop.ThrowIfCancellationRequested();
                sink(first + i, _losses[i], _updates[i]);
            }
        }
    }

    private void ComputeTogether(
        ReadOnlyMemory<T> state, IReadOnlyList<MetaTask<T>> tasks, int first, int count, CancellationToken stop)
    {
        try
        {
            Parallel.For(
                0, count, new ParallelOptions { MaxDegreeOfParallelism = _threads },
                i => Compute(state, tasks, first, i, stop));
        }
        catch (AggregateException failures)
        {
            // As on one thread: what the first task that failed threw.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    private void Compute(
        ReadOnlyMemory<T> state, IReadOnlyList<MetaTask<T>> tasks, int first, int i, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        _losses[i] = _algorithm.TaskUpdate(_model, state.Span, tasks[first + i], _updates[i]);
    }
}
