namespace FedMeta.Protocol;

/// <summary>When a sum may be opened, and how many sums a round has.</summary>
/// <param name="Threshold">Inputs t without which no sum is opened; 2t is more than the hospitals of one sum and the
/// colluders together.</param>
/// <param name="MinPeers">Smallest roster of a sum.</param>
/// <param name="MinHonestInputs">Honest inputs that a sum holds even if all colluders collude.</param>
/// <param name="Bits">Bits b of a masked number: sums are taken modulo 2^b.</param>
/// <param name="Robust"><see cref="NotRobust"/>: one sum over all members. <see cref="Buckets"/>: one sum for each of
/// several groups that are drawn anew each time, joined by <paramref name="Combine"/>.</param>
/// <param name="BucketSize">Least size g of a group, at least <see cref="SmallestBucket"/>.</param>
/// <param name="Combine">coordinate-median, trimmed-mean or geometric-median over the groups' means.</param>
public sealed record AggregationTerms(
    int Threshold,
    int MinPeers,
    int MinHonestInputs,
    int Bits,
    string Robust = AggregationTerms.NotRobust,
    int BucketSize = AggregationTerms.SmallestBucket,
    string Combine = AggregationTerms.CoordinateMedian)
{
    /// <summary>The values of <see cref="Robust"/>.</summary>
    public const string NotRobust = "none", Buckets = "buckets";

    /// <summary>The default of <see cref="Combine"/>: it needs no guess of how many groups are bad, withstands any
    /// minority of them, and is one exact number of each coordinate, which anyone can check.</summary>
    public const string CoordinateMedian = "coordinate-median";

    /// <summary>The other values of <see cref="Combine"/>.</summary>
    public const string TrimmedMean = "trimmed-mean", GeometricMedian = "geometric-median";

    /// <summary>Fewest hospitals behind which one may hide in a group.</summary>
    public const int SmallestBucket = 5;

    /// <summary>Fewest groups: of two nobody can say which is the odd one out.</summary>
    public const int FewestGroups = 3;

    /// <summary>Whether a round has a sum for each group.</summary>
    public bool IsBucketed => Robust == Buckets;

    /// <summary>How many sums a round of so many members has: as many groups as reach
    /// <see cref="BucketSize"/>.</summary>
    public int Sums(int members) => IsBucketed ? Math.Max(1, members / BucketSize) : 1;

    /// <summary>Members of the smallest group, of all where there are none.</summary>
    public int SmallestSum(int members) => members / Sums(members);

    /// <summary>Members of the largest group: sizes differ by at most one.</summary>
    public int LargestSum(int members) => (members + Sums(members) - 1) / Sums(members);
}
