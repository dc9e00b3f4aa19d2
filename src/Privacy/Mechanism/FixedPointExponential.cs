using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// The exponential in integers, rounded up at every step, so that no result is below the truth and every machine has
/// the same: e^x = (e^(x/2^j))^(2^j) with x/2^j at most 2^-8, by Taylor's series.
/// </summary>
internal static class FixedPointExponential
{
    /// <summary>Fraction bits of argument and result.</summary>
    public const int FractionBits = FixedPointLogarithm.FractionBits;

    private const int SeriesBits = FractionBits - 8;

    /// <summary>
    /// At least e^x, and above it by less than a part of 2^-160, for x in [0, 2^12], both in units of 2^-192. The
    /// series is off by at most 40 units; each squaring doubles a relative error and adds a unit.
    /// </summary>
    public static BigInteger Up(BigInteger x)
    {
        var one = BigInteger.One << FractionBits;
        if (x.IsZero) return one;
        ArgumentOutOfRangeException.ThrowIfNegative(x.Sign, nameof(x));
        var halvings = Math.Max(0, (int)x.GetBitLength() - SeriesBits);
        var small = ShiftUp(x, halvings);
        var (sum, term) = (one, one);
        for (var k = 1; term > BigInteger.One; k++)
        {
            term = ExactArithmetic.DivideUp(term * small, (BigInteger)k << FractionBits);
            sum += term;
        }

        // The first term that was at most one unit bounds all that follow it together.
        sum += BigInteger.One;
        for (; halvings > 0; halvings--) sum = MultiplyUp(sum, sum);
        return sum;
    }

    /// <summary>The product of two numbers in units of 2^-192, rounded up.</summary>
    public static BigInteger MultiplyUp(BigInteger left, BigInteger right) => ShiftUp(left * right, FractionBits);

    private static BigInteger ShiftUp(BigInteger value, int bits) => -(-value >> bits);
}
