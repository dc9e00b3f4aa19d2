using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// Turns a scaled vector into integers whose squared norm is at most B^2, whatever the rounding did: the one fact that
/// the sensitivity rests on (docs/proofs/integer-norm.md). No second try: retries would leak through time and bias the
/// noise.
/// </summary>
public static class IntegerQuantizer
{
    /// <summary>
    /// Largest scaled entry. Its two neighbouring integers are doubles, so rounding is exact, and the squares of fewer
    /// than 2^31 entries sum to less than 2^123: no sum in 128 bits overflows.
    /// </summary>
    internal const double LargestEntry = 1L << 46;

    /// <summary>Writes the integers; on <see cref="EncodingOutcome.NotFinite"/> or TooLong they are all zero.</summary>
    /// <param name="scaled">Coordinates in integer units.</param>
    /// <param name="result">Receives as many integers.</param>
    /// <param name="rounding">The random rounding.</param>
    /// <param name="normBoundSquared">B^2, compared exactly.</param>
    public static EncodingOutcome Quantize(
        ReadOnlySpan<double> scaled, Span<long> result, ICoordinateRounding rounding, BigInteger normBoundSquared)
    {
        ArgumentNullException.ThrowIfNull(rounding);
        if (result.Length != scaled.Length) throw new ArgumentException("lengths differ", nameof(result));
        var finite = true;
        var small = true;
        foreach (var value in scaled)
        {
            finite &= double.IsFinite(value);
            small &= Math.Abs(value) <= LargestEntry;
        }

        result.Clear();
        if (!finite) return EncodingOutcome.NotFinite;
        if (!small) return EncodingOutcome.TooLong;
        for (var j = 0; j < result.Length; j++) result[j] = rounding.Round(scaled[j]);
        if (SquaredNorm(result) <= normBoundSquared) return EncodingOutcome.Rounded;
        for (var j = 0; j < result.Length; j++) result[j] = (long)scaled[j];
        if (SquaredNorm(result) <= normBoundSquared) return EncodingOutcome.Truncated;
        result.Clear();
        return EncodingOutcome.TooLong;
    }

    /// <summary>The exact squared norm, for any 64-bit entries.</summary>
    /// <exception cref="OverflowException">It is 2^128 or more, which entries up to 2^46 cannot reach.</exception>
    internal static UInt128 SquaredNorm(ReadOnlySpan<long> values)
    {
        UInt128 sum = 0;
        foreach (var value in values)
        {
            var square = (Int128)value * value;
            sum = checked(sum + (UInt128)square);
        }

        return sum;
    }
}
