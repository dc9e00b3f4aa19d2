using System.Numerics;

namespace FedMeta.Learning;

/// <summary>A view of records: inputs [Count, inputs] and targets [Count, target width], row-major.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct Batch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Wraps arrays; nothing is copied.</summary>
    /// <exception cref="ArgumentException">The lengths are no multiples of <paramref name="count"/>.</exception>
    public Batch(ReadOnlyMemory<T> inputs, ReadOnlyMemory<T> targets, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0 ? inputs.Length + targets.Length > 0 : inputs.Length % count != 0 || targets.Length % count != 0)
            throw new ArgumentException($"{inputs.Length} inputs and {targets.Length} targets are not {count} records");
        Inputs = inputs;
        Targets = targets;
        Count = count;
    }

    /// <summary>[Count, inputs].</summary>
    public ReadOnlyMemory<T> Inputs { get; }

    /// <summary>[Count, target width]: values, 0/1 labels, class indices, or (time, event).</summary>
    public ReadOnlyMemory<T> Targets { get; }

    /// <summary>Number of records.</summary>
    public int Count { get; }

    /// <summary>Numbers per record in <see cref="Inputs"/>.</summary>
    public int InputWidth => Count == 0 ? 0 : Inputs.Length / Count;

    /// <summary>Numbers per record in <see cref="Targets"/>.</summary>
    public int TargetWidth => Count == 0 ? 0 : Targets.Length / Count;

    /// <summary>Records <paramref name="start"/> .. start + count - 1, without copying.</summary>
    public Batch<T> Slice(int start, int count) => new(
        Inputs.Slice(start * InputWidth, count * InputWidth),
        Targets.Slice(start * TargetWidth, count * TargetWidth),
        count);

    /// <summary>A copy of the records at <paramref name="rows"/>, in that order.</summary>
    public Batch<T> Select(ReadOnlySpan<int> rows)
    {
        var inputs = new T[rows.Length * InputWidth];
        var targets = new T[rows.Length * TargetWidth];
        for (var i = 0; i < rows.Length; i++)
        {
            Inputs.Span.Slice(rows[i] * InputWidth, InputWidth).CopyTo(inputs.AsSpan(i * InputWidth));
            Targets.Span.Slice(rows[i] * TargetWidth, TargetWidth).CopyTo(targets.AsSpan(i * TargetWidth));
        }

        return new Batch<T>(inputs, targets, rows.Length);
    }

    /// <summary>A copy in another precision; what is too large for it becomes infinite.</summary>
    public Batch<TOther> ConvertTo<TOther>()
        where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther>
    {
        var inputs = new TOther[Inputs.Length];
        var targets = new TOther[Targets.Length];
        for (var i = 0; i < inputs.Length; i++) inputs[i] = TOther.CreateTruncating(Inputs.Span[i]);
        for (var i = 0; i < targets.Length; i++) targets[i] = TOther.CreateTruncating(Targets.Span[i]);
        return new Batch<TOther>(inputs, targets, Count);
    }

    /// <summary>The records of several batches, one after the other.</summary>
    public static Batch<T> Concatenate(IEnumerable<Batch<T>> batches)
    {
        var inputs = new List<T>();
        var targets = new List<T>();
        var count = 0;
        foreach (var batch in batches)
        {
            inputs.AddRange(batch.Inputs.Span);
            targets.AddRange(batch.Targets.Span);
            count += batch.Count;
        }

        return new Batch<T>(inputs.ToArray(), targets.ToArray(), count);
    }
}
