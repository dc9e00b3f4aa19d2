using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// The natural logarithm in integers, the same on every machine: floating-point libraries differ in the last digit, and
/// the numbers of a signed plan must not. ln x = e ln 2 + 2 artanh((m-1)/(m+1)) for x = m 2^e, 1 &lt;= m &lt; 2.
/// </summary>
internal static class FixedPointLogarithm
{
    /// <summary>Fraction bits of a result.</summary>
    public const int FractionBits = 192;

    /// <summary>
    /// A result is off by less than 2^-ErrorBits for |log2 x| &lt; 2^12: at most 70 terms, each cut by under two units
    /// of 2^-192, the whole at most 2^13 times over through the multiple of ln 2.
    /// </summary>
    public const int ErrorBits = 160;

    private static readonly BigInteger LogarithmOfTwo = TwiceArtanh(BigInteger.One, 3);

    /// <summary>ln(numerator/denominator) in units of 2^-192, for positive arguments.</summary>
    public static BigInteger Of(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.Sign <= 0) throw new ArgumentOutOfRangeException(nameof(numerator));
        if (denominator.Sign <= 0) throw new ArgumentOutOfRangeException(nameof(denominator));
        var exponent = (int)(numerator.GetBitLength() - denominator.GetBitLength());
        if (exponent > 0) denominator <<= exponent;
        else numerator <<= -exponent;
        if (numerator < denominator)
        {
            numerator <<= 1;
            exponent--;
        }

        return (exponent * LogarithmOfTwo) + TwiceArtanh(numerator - denominator, numerator + denominator);
    }

    private static BigInteger TwiceArtanh(BigInteger numerator, BigInteger denominator)
    {
        var ratio = (numerator << FractionBits) / denominator;
        var square = (ratio * ratio) >> FractionBits;
        var sum = BigInteger.Zero;
        var power = ratio;
        for (var odd = 1; !power.IsZero; odd += 2)
        {
            sum += power / odd;
            power = (power * square) >> FractionBits;
        }

        return sum << 1;
    }
}
