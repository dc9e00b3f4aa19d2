using System.Numerics;

namespace FedMeta.Learning;

/// <summary>A task as one batch of an episodic loss: the target of every record is its label and whether it is a
/// query.</summary>
internal static class Episode
{
    /// <summary>The records <paramref name="rows"/> of <paramref name="task"/>.</summary>
    public static Batch<T> Of<T>(MetaTask<T> task, ReadOnlySpan<int> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var records = task.All.Select(rows);
        var targets = new T[2 * rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            targets[2 * i] = records.Targets.Span[i];
            targets[(2 * i) + 1] = rows[i] < task.SupportCount ? T.Zero : T.One;
        }

        return new Batch<T>(records.Inputs, targets, rows.Length);
    }
}
