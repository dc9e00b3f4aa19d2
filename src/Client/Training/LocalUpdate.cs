using System.Numerics;
using FedMeta.Learning;

namespace FedMeta.Client.Training;

/// <summary>
/// The vectors that one site contributes in a round, one per unit of contribution, before clipping, one at a time. Pure
/// on a reproducible engine: the same state, rows and seed give the same vectors, on any number of threads.
/// Training runs in single precision and is converted here at its border, in both directions; the encoder clips and
/// rounds in double precision, so the sensitivity that the noise covers does not rest on the trainer's arithmetic. What
/// overflows in single precision is not finite and counts as zero there.
/// </summary>
/// <param name="model">The loss.</param>
/// <param name="algorithm">What every unit computes.</param>
/// <param name="shape">What a unit is.</param>
/// <param name="threads">That compute units side by side.</param>
internal sealed class LocalUpdate(
    IModel<float> model, IMetaAlgorithm<float> algorithm, TaskShape shape, int threads = 1)
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
        var tasks = TasksOf(rows, seed, maxUnits);
        var vector = new double[algorithm.UploadLength];
        var mean = IsMeanOfTasks ? new double[vector.Length] : null;
        new TaskUpdates<float>(model, algorithm, threads).Run(
            start, tasks,
            (_, _, update) =>
            {
                Convert<float, double>(update, vector);
                if (mean is null) unit(vector);
                else FlatVector.AddScaled(mean, 1.0 / tasks.Count, vector);
            },
            stop);
        if (mean is not null) unit(mean);
    }

    private bool IsMeanOfTasks => !shape.WholeSite && shape.Kind == Privacy.ContributionKind.SiteUpdate;

    private IReadOnlyList<MetaTask<float>> TasksOf(Batch<float> rows, ulong seed, int maxUnits)
    {
        if (shape.WholeSite) return [new MetaTask<float>(rows, 0, seed)];
        if (shape.Kind == Privacy.ContributionKind.PatientGradient)
            return [.. PatientRows.Of(rows.Count, maxUnits, seed)
                .Select(row => new MetaTask<float>(rows.Slice(row, 1), 0))];
        var tasks = TaskPartition.Split(rows, shape.SupportShots, shape.QueryShots, seed);
        return IsMeanOfTasks ? tasks : [.. tasks.Take(maxUnits)];
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : INumberBase<TFrom>
        where TTo : INumberBase<TTo>
    {
        for (var i = 0; i < to.Length; i++) to[i] = TTo.CreateTruncating(from[i]);
    }
}
