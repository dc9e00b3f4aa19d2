using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Which records each inner step sees. The draw depends on the task's seed, the number of records and the size alone,
/// never on a value, so that a changed patient changes nobody's batch and whoever knows the seed draws the same again.
/// </summary>
public static class Minibatches
{
    /// <summary>
    /// One batch for all steps where <paramref name="size"/> is 0 or no less than the records; else one batch per step:
    /// the records in a seeded order, cut from the front without replacement; where fewer than a batch are left, all
    /// are put in a new order.
    /// </summary>
    /// <param name="data">The records to draw from.</param>
    /// <param name="size">Records of a batch; 0 for all.</param>
    /// <param name="steps">Batches that are wanted.</param>
    /// <param name="seed">Of the task (<see cref="MetaTask{T}.Seed"/>).</param>
    /// <returns>One batch, which refers to <paramref name="data"/>, or <paramref name="steps"/> of them.</returns>
    public static ReadOnlySpan<Batch<T>> Of<T>(ref readonly Batch<T> data, int size, int steps, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (size == 0 || size >= data.Count) return new ReadOnlySpan<Batch<T>>(in data);
        var generator = new SeededGenerator(seed);
        var batches = new Batch<T>[steps];
        var (shuffled, start) = (data, data.Count);
        for (var step = 0; step < steps; step++)
        {
            if (start + size > data.Count) (shuffled, start) = (data.Select(generator.Permutation(data.Count)), 0);
            batches[step] = shuffled.Slice(start, size);
            start += size;
        }

        return batches;
    }
}
