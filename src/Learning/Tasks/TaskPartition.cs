using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Splits a site's training rows into disjoint tasks of equal size. The split depends on the number of rows, the
/// shape of a task and the seed, never on a value: so a changed patient changes exactly one task, which is what the
/// privacy proof of the task clip needs (sensitivity 2C per patient, privacy.md "patient, through tasks").
/// </summary>
public static class TaskPartition
{
    /// <summary>How many tasks <paramref name="rows"/> rows give; the rows left over sit out this round.</summary>
    public static int Count(int rows, int supportShots, int queryShots)
    {
        Check(rows, supportShots, queryShots);
        return rows / (supportShots + queryShots);
    }

    /// <summary>
    /// Row indices of the tasks: element [i] holds supportShots and then queryShots rows. All elements together hold
    /// a row at most once. Give every round its own seed (<see cref="SeededGenerator.Derive"/>): then the rows left
    /// over rotate.
    /// </summary>
    /// <returns>No task at all where the rows do not fill one.</returns>
    public static IReadOnlyList<int[]> Rows(int rows, int supportShots, int queryShots, ulong seed)
    {
        var count = Count(rows, supportShots, queryShots);
        var order = new SeededGenerator(seed).Permutation(rows);
        var size = supportShots + queryShots;
        var tasks = new int[count][];
        for (var i = 0; i < count; i++) tasks[i] = order[(i * size)..((i + 1) * size)];
        return tasks;
    }

    /// <summary>The tasks of <see cref="Rows"/> with their records copied out of <paramref name="data"/>, each with a
    /// seed of its own.</summary>
    public static IReadOnlyList<MetaTask<T>> Split<T>(Batch<T> data, int supportShots, int queryShots, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Rows(data.Count, supportShots, queryShots, seed).Select((rows, i) =>
            new MetaTask<T>(data.Select(rows), supportShots, SeededGenerator.Derive(seed, (ulong)i)))];

    private static void Check(int rows, int supportShots, int queryShots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(supportShots);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(queryShots);
    }
}
