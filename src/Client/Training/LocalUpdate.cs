using System.Numerics;
using FedMeta.Learning;

namespace FedMeta.Client.Training;

/// <summary>
/// The vectors that one site contributes in a round, one per unit of contribution, before clipping, one at a time: no
/// more than one is ever in memory. Pure on a reproducible engine: the same state, rows and seed give the same vectors.
/// Training runs in single precision and is converted here at its border, in both directions; the encoder clips and
/// rounds in double precision, so the sensitivity that the noise covers does not rest on the trainer's arithmetic. What
/// overflows in single precision is not finite and counts as zero there.
/// </summary>
internal sealed class LocalUpdate(IModel<float> model, IMetaAlgorithm<float> algorithm, TaskShape shape)
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
        var start = new float[state.Length];
        Convert(state, start);
        var rows = train.ConvertTo<float>();
        var update = new float[algorithm.UploadLength];
        var vector = new double[update.Length];
        if (shape.WholeSite)
        {
            Train(new MetaTask<float>(rows, 0, seed));
            unit(vector);
            return;
        }

        if (shape.Kind == Privacy.ContributionKind.PatientGradient)
        {
            foreach (var row in PatientRows.Of(rows.Count, maxUnits, seed))
            {
                stop.ThrowIfCancellationRequested();
                Train(new MetaTask<float>(rows.Slice(row, 1), 0));
                unit(vector);
            }

            return;
        }

        var tasks = TaskPartition.Split(rows, shape.SupportShots, shape.QueryShots, seed);
        var mean = shape.Kind == Privacy.ContributionKind.SiteUpdate ? new double[update.Length] : null;
        foreach (var task in tasks.Take(mean is null ? maxUnits : tasks.Count))
        {
            stop.ThrowIfCancellationRequested();
            Train(task);
            if (mean is null) unit(vector);
            else FlatVector.AddScaled(mean, 1.0 / tasks.Count, vector);
        }

        if (mean is not null) unit(mean);

        void Train(MetaTask<float> task)
        {
            algorithm.TaskUpdate(model, start, task, update);
            Convert(update, vector);
        }
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : INumberBase<TFrom>
        where TTo : INumberBase<TTo>
    {
        for (var i = 0; i < to.Length; i++) to[i] = TTo.CreateTruncating(from[i]);
    }
}
