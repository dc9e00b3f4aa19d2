using System.Globalization;

namespace FedMeta.Privacy;

/// <summary>
/// The chance q in (0, 1] with which each patient enters a round, exact: a whole number of millionths. Every party
/// computes with the same fraction, and a coin can show it without any rounding. The default is 1: everyone.
/// </summary>
public readonly record struct SamplingRate
{
    /// <summary>Parts of one.</summary>
    public const int Parts = 1_000_000;

    // Counted from one, so that the default value samples nothing.
    private readonly int _absent;

    private SamplingRate(int millionths) => _absent = Parts - millionths;

    /// <summary>Everyone in every round.</summary>
    public static SamplingRate One => default;

    /// <summary>q in millionths, 1 to 1,000,000.</summary>
    public int Millionths => Parts - _absent;

    /// <summary>Whether q is below 1.</summary>
    public bool IsSampled => _absent != 0;

    /// <summary>The rate of so many millionths.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not in 1..1,000,000.</exception>
    public static SamplingRate FromMillionths(int millionths)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(millionths, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(millionths, Parts);
        return new SamplingRate(millionths);
    }

    /// <summary>The rate that a decimal of at most six places means, read as a double; false for any other
    /// number.</summary>
    public static bool TryFrom(double value, out SamplingRate rate)
    {
        rate = One;
        if (!(value is > 0 and <= 1)) return false;
        var millionths = (int)Math.Round(value * Parts);

        // The quotient is rounded correctly, as a reader of decimals rounds: equal for six places and no more.
        if (millionths < 1 || millionths / (double)Parts != value) return false;
        rate = new SamplingRate(millionths);
        return true;
    }

    /// <summary>Reads what <see cref="ToString"/> writes; false for anything else, so that each rate has one
    /// text.</summary>
    public static bool TryParse(string? text, out SamplingRate rate)
    {
        rate = One;
        return text is not null
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && TryFrom(value, out rate)
            && rate.ToString() == text;
    }

    /// <summary>q as the nearest double.</summary>
    public double ToDouble() => Millionths / (double)Parts;

    /// <summary>The decimal without needless zeros, "0.05" or "1".</summary>
    public override string ToString() =>
        (Millionths / (decimal)Parts).ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>The fraction in lowest terms.</summary>
    internal (int Numerator, int Denominator) LowestTerms()
    {
        var (a, b) = (Millionths, Parts);
        while (b != 0) (a, b) = (b, a % b);
        return (Millionths / a, Parts / a);
    }
}
