using FedMeta.Learning;

namespace FedMeta.Client.Training;

/// <summary>
/// The vectors that one site contributes in a round, one per unit of contribution, before clipping, one at a time: no
/// more than one is ever in memory. Pure: the same state, rows and seed give the same vectors.
/// </summary>
internal sealed class LocalUpdate(IModel<double> model, IMetaAlgorithm<double> algorithm, TaskShape shape)
{
    /// <summary>Hands every vector to <paramref name="unit"/>; the array is valid during the call only.</summary>
    /// <param name="state">The shared state.</param>
    /// <param name="train">The site's scaled training rows.</param>
    /// <param name="seed">Decides which rows make a task.</param>
    /// <param name="maxUnits">Most vectors; tasks and patients beyond it sit out, drawn by the seed.</param>
    /// <param name="unit">Receives each vector.</param>
    /// <param name="stop">Checked between tasks.</param>
    public void Compute(
        ReadOnlySpan<double> state,
        Batch<double> train,
        ulong seed,
        int maxUnits,
        Action<double[]> unit,
        CancellationToken stop)
    {
        var update = new double[algorithm.UploadLength];
        if (shape.WholeSite)
        {
            algorithm.TaskUpdate(model, state, new MetaTask<double>(train, 0), update);
            unit(update);
            return;
        }

        if (shape.Kind == Privacy.ContributionKind.PatientGradient)
        {
            foreach (var row in PatientRows.Of(train.Count, maxUnits, seed))
            {
                stop.ThrowIfCancellationRequested();
                algorithm.TaskUpdate(model, state, new MetaTask<double>(train.Slice(row, 1), 0), update);
                unit(update);
            }

            return;
        }

        var tasks = TaskPartition.Split(train, shape.SupportShots, shape.QueryShots, seed);
        if (shape.Kind == Privacy.ContributionKind.SiteUpdate)
        {
            unit(Mean(state, tasks, update, stop));
            return;
        }

        foreach (var task in tasks.Take(maxUnits))
        {
            stop.ThrowIfCancellationRequested();
            algorithm.TaskUpdate(model, state, task, update);
            unit(update);
        }
    }

    private double[] Mean(
        ReadOnlySpan<double> state, IReadOnlyList<MetaTask<double>> tasks, double[] update, CancellationToken stop)
    {
        var mean = new double[update.Length];
        foreach (var task in tasks)
        {
            stop.ThrowIfCancellationRequested();
            algorithm.TaskUpdate(model, state, task, update);
            for (var i = 0; i < mean.Length; i++) mean[i] += update[i] / tasks.Count;
        }

        return mean;
    }
}
