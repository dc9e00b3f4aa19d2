using System.Globalization;
using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// A zero-concentrated privacy cost rho (Bun and Steinke 2016), exact: a whole number of units of 2^-64. Costs are
/// rounded up to a unit and grants are rounded down, so no chain of roundings can make a study cheaper than it was.
/// </summary>
public readonly record struct Rho : IComparable<Rho>
{
    /// <summary>Number of fraction bits of a unit.</summary>
    public const int FractionBits = 64;

    private Rho(BigInteger units) => Units = units;

    /// <summary>The cost in units of 2^-64, never negative.</summary>
    public BigInteger Units { get; }

    /// <summary>No cost.</summary>
    public static Rho Zero => default;

    /// <summary>The cost of <paramref name="units"/> units of 2^-64.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static Rho FromUnits(BigInteger units)
    {
        if (units.Sign < 0) throw new ArgumentOutOfRangeException(nameof(units), "a privacy cost is never negative");
        return new Rho(units);
    }

    /// <summary>The smallest cost that is at least numerator/denominator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative numerator or denominator below one.</exception>
    public static Rho Ceiling(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.Sign <= 0) throw new ArgumentOutOfRangeException(nameof(denominator));
        if (numerator.Sign < 0) throw new ArgumentOutOfRangeException(nameof(numerator));
        return new Rho(ExactArithmetic.DivideUp(numerator << FractionBits, denominator));
    }

    /// <summary>The largest grant that is at most <paramref name="value"/>, a finite number that is not
    /// negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative, infinite or not a number.</exception>
    public static Rho Floor(double value)
    {
        if (!double.IsFinite(value) || value < 0) throw new ArgumentOutOfRangeException(nameof(value));
        var (numerator, denominator) = ExactArithmetic.Fraction(value);
        return new Rho((numerator << FractionBits) / denominator);
    }

    /// <summary>The same cost <paramref name="times"/> times.</summary>
    public Rho Times(int times)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        return new Rho(Units * times);
    }

    /// <summary>The largest cost that fits <paramref name="parts"/> times into this one.</summary>
    public Rho DividedBy(int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        return new Rho(Units / parts);
    }

    /// <summary>What remains after <paramref name="spent"/>; zero where more was spent.</summary>
    public Rho Less(Rho spent) => spent >= this ? Zero : new Rho(Units - spent.Units);

    /// <summary>The cost as a floating-point number, rounded up.</summary>
    public double ToDouble()
    {
        var value = Math.ScaleB((double)Units, -FractionBits);
        var (numerator, denominator) = ExactArithmetic.Fraction(value);
        return (numerator << FractionBits) < Units * denominator ? Math.BitIncrement(value) : value;
    }

    /// <inheritdoc/>
    public int CompareTo(Rho other) => Units.CompareTo(other.Units);

    /// <summary>The exact number of units, as written into ledgers: decimal digits.</summary>
    public override string ToString() => Units.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> writes; false for anything else, so that each cost has one
    /// text.</summary>
    public static bool TryParse(string? text, out Rho rho)
    {
        rho = Zero;
        if (text is null or { Length: 0 or > 64 } || !text.All(char.IsAsciiDigit)) return false;
        if (text.Length > 1 && text[0] == '0') return false;
        rho = new Rho(BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>Composition: costs of the same unit add.</summary>
    public static Rho operator +(Rho left, Rho right) => new(left.Units + right.Units);

    /// <summary>Compares two costs.</summary>
    public static bool operator <(Rho left, Rho right) => left.Units < right.Units;

    /// <summary>Compares two costs.</summary>
    public static bool operator >(Rho left, Rho right) => left.Units > right.Units;

    /// <summary>Compares two costs.</summary>
    public static bool operator <=(Rho left, Rho right) => left.Units <= right.Units;

    /// <summary>Compares two costs.</summary>
    public static bool operator >=(Rho left, Rho right) => left.Units >= right.Units;
}
