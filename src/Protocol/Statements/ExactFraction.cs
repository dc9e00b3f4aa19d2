using System.Globalization;
using System.Numerics;

namespace FedMeta.Protocol;

/// <summary>
/// A number that is not negative, as two whole numbers in lowest terms: a ledger rounds nothing. The text is
/// <c>numerator/denominator</c> in decimal digits, and each number has one.
/// </summary>
public readonly record struct ExactFraction
{
    /// <summary>Most digits of either part.</summary>
    public const int MaxDigits = 100;

    /// <param name="numerator">Not negative.</param>
    /// <param name="denominator">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Out of these bounds.</exception>
    public ExactFraction(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.Sign < 0) throw new ArgumentOutOfRangeException(nameof(numerator));
        if (denominator.Sign <= 0) throw new ArgumentOutOfRangeException(nameof(denominator));
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        (Numerator, Denominator) = (numerator / common, denominator / common);
    }

    /// <summary>The number 1.</summary>
    public static ExactFraction One { get; } = new(1, 1);

    /// <summary>The number 0.</summary>
    public static ExactFraction Zero { get; } = new(0, 1);

    /// <summary>Above the line.</summary>
    public BigInteger Numerator { get; }

    /// <summary>Below the line.</summary>
    public BigInteger Denominator { get; }

    /// <summary>The exact value of a floating-point number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or not a number.</exception>
    public static ExactFraction Of(double value)
    {
        if (!double.IsFinite(value) || value < 0) throw new ArgumentOutOfRangeException(nameof(value));
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52);
        var digits = bits & ((1L << 52) - 1);

        // Subnormal numbers have no hidden digit and the exponent of the smallest normal ones.
        if (exponent == 0) exponent = 1;
        else digits |= 1L << 52;
        var power = exponent - 1075;
        return power >= 0
            ? new ExactFraction((BigInteger)digits << power, 1)
            : new ExactFraction(digits, BigInteger.One << -power);
    }

    /// <summary>Reads what <see cref="ToString"/> writes; false for anything else.</summary>
    public static bool TryParse(string? text, out ExactFraction fraction)
    {
        fraction = Zero;
        if (text?.Split('/') is not [var above, var below]) return false;
        if (!TryParseWhole(above, out var numerator) || !TryParseWhole(below, out var denominator)) return false;
        if (denominator.IsZero) return false;
        fraction = new ExactFraction(numerator, denominator);
        return fraction.ToString() == text;
    }

    /// <summary>Numerator and denominator in decimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    internal static bool TryParseWhole(string? text, out BigInteger number)
    {
        number = default;
        return text is { Length: > 0 and <= MaxDigits } && (text.Length == 1 || text[0] != '0')
            && BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
