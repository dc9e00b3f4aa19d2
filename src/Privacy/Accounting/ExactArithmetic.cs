using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>Whole-number arithmetic that the exact claims rest on.</summary>
internal static class ExactArithmetic
{
    /// <summary>The least integer that is at least numerator/denominator, for numerator &gt;= 0 and denominator &gt;
    /// 0.</summary>
    public static BigInteger DivideUp(BigInteger numerator, BigInteger denominator) =>
        (numerator + denominator - 1) / denominator;

    /// <summary>Quotient rounded towards minus infinity, for denominator &gt; 0.</summary>
    public static BigInteger DivideDown(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The exact value of a finite number as numerator and power-of-two denominator.</summary>
    public static (BigInteger Numerator, BigInteger Denominator) Fraction(double value)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        if (exponent == 0x7FF) throw new ArgumentOutOfRangeException(nameof(value), "not a finite number");
        var mantissa = bits & 0xF_FFFF_FFFF_FFFF;
        if (exponent == 0) exponent = 1;
        else mantissa |= 1UL << 52;
        BigInteger numerator = mantissa;
        if (double.IsNegative(value)) numerator = -numerator;
        var shift = exponent - 1075;
        return shift >= 0 ? (numerator << shift, BigInteger.One) : (numerator, BigInteger.One << -shift);
    }

    /// <summary>The least integer whose square is at least <paramref name="value"/>, which is not negative.</summary>
    public static BigInteger SquareRootUp(BigInteger value)
    {
        if (value.Sign < 0) throw new ArgumentOutOfRangeException(nameof(value));
        if (value.IsZero) return BigInteger.Zero;

        // Newton's iteration from above falls strictly until it reaches the floor of the root.
        var root = BigInteger.One << ((int)(value.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + (value / root)) >> 1;
            if (next >= root) break;
            root = next;
        }

        return root * root == value ? root : root + 1;
    }
}
