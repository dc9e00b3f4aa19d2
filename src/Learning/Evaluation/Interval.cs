namespace FedMeta.Learning;

/// <summary>An interval around an estimate.</summary>
public readonly record struct Interval(double Low, double High)
{
    private const double Normal = 1.959963984540054; // 97.5 % quantile

    /// <summary>
    /// Wilson's 95 % interval of a share (1927): unlike a resampled one it stays honest for 16 of 16.
    /// </summary>
    /// <param name="share">0 .. 1.</param>
    /// <param name="of">Patients, 1 or more.</param>
    public static Interval Wilson(double share, int of)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(of);
        var square = Normal * Normal / of;
        var centre = (share + square / 2) / (1 + square);
        var half = Normal / (1 + square) * Math.Sqrt(share * (1 - share) / of + square / (4 * of));
        return new Interval(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }

    /// <summary>True where <paramref name="value"/> lies within, ends included.</summary>
    public bool Contains(double value) => Low <= value && value <= High;
}
