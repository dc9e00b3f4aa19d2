using System.Globalization;

namespace FedMeta.SecureAgg;

/// <summary>Into how many groups members are divided and how large these are: as many groups as reach the least size,
/// with sizes that differ by at most one.</summary>
/// <param name="Members">All that are drawn, at least <paramref name="Count"/>.</param>
/// <param name="Count">Groups, at least 1.</param>
public readonly record struct GroupLayout(int Members, int Count)
{
    /// <summary>Least size of any group: fewer give too small a crowd to hide in.</summary>
    public const int SmallestSize = 5;

    /// <summary>Fewest groups that can be combined: of two nobody can say which is the odd one out.</summary>
    public const int Fewest = 3;

    /// <summary>Members of the smallest group.</summary>
    public int Smallest => Members / Count;

    /// <summary>Members of the largest group.</summary>
    public int Largest => (Members + Count - 1) / Count;

    /// <summary>Groups that must give a sum for the round to count: more than half, and at least
    /// <see cref="Fewest"/>.</summary>
    public int Needed => Math.Max(Fewest, (Count / 2) + 1);

    /// <summary>All that forbids groups of at least <paramref name="size"/> out of <paramref name="members"/>, in
    /// words; empty where nothing does.</summary>
    public static IReadOnlyList<string> Problems(int members, int size)
    {
        if (size < SmallestSize)
            return [string.Create(CultureInfo.InvariantCulture, $"groups of {size} are below the floor, {SmallestSize}")];
        return members / size < Fewest
            ? [string.Create(CultureInfo.InvariantCulture,
                $"{members} members do not make {Fewest} groups of at least {size}")]
            : [];
    }

    /// <summary>The layout for groups of at least <paramref name="size"/>.</summary>
    /// <exception cref="ArgumentException"><see cref="Problems"/> names one.</exception>
    public static GroupLayout Of(int members, int size) => Problems(members, size) is [var problem, ..]
        ? throw new ArgumentException(problem, nameof(size))
        : new GroupLayout(members, members / size);
}
