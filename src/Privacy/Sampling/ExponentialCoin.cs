using System.Numerics;

namespace FedMeta.Privacy;

/// <summary>
/// A coin that shows heads with probability exp(-g), without computing an exponential: Canonne, Kamath and Steinke
/// 2020, Algorithm 1 (von Neumann's series). Its comparisons U &lt; g/k of a uniform real U look at the leading digits
/// of both and at the exact fraction where the digits leave it open, so the probability is exact:
/// docs/proofs/sampler.md, Lemmas 1 and 2.
/// </summary>
internal sealed class ExponentialCoin
{
    /// <summary>Digits that are compared first. With 0 every comparison is exact, as the paper writes it.</summary>
    public const int MostDigits = 32;

    private readonly KeystreamRandom _random;
    private readonly int _unread;
    private readonly ulong _one;

    /// <param name="random">Fair bits.</param>
    /// <param name="digits">Leading binary digits that are compared first, 0 to 32. Fewer are slower and change
    /// nothing else.</param>
    public ExponentialCoin(KeystreamRandom random, int digits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(digits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, MostDigits);
        _random = random;
        _unread = MostDigits - digits;
        _one = 1UL << digits;
    }

    /// <summary>Heads with probability exp(-g).</summary>
    public bool Toss<TExponent>(in TExponent g)
        where TExponent : struct, IExponent
    {
        // 2^digits (g - wholes) lies between lower and upper throughout.
        var lower = g.Lower >> _unread;
        var upper = ((g.Lower + IExponent.Width - 1) >> _unread) + 1;
        var wholes = 0UL;
        while (lower >= _one || (upper > _one && ExceedsOne(g, wholes)))
        {
            if (!TossOne()) return false;
            wholes++;
            lower -= Math.Min(lower, _one);
            upper -= _one;
        }

        return AtMostOne(g, wholes, lower, upper);
    }

    /// <summary>Heads with probability exp(-1).</summary>
    public bool TossOne() => AtMostOne(default(One), 0, _one, _one);

    /// <summary>exp(-g) for g - wholes in [0, 1]: the first k at which U_k &lt; (g - wholes)/k fails is odd with that
    /// probability.</summary>
    private bool AtMostOne<TExponent>(in TExponent g, ulong wholes, ulong lower, ulong upper)
        where TExponent : struct, IExponent
    {
        for (var k = 1UL; ; k++)
        {
            // digits <= 2^digits U < digits + 1; k stays far below 2^32, for k! is the odds against reaching it.
            var digits = (ulong)_random.NextUInt32() >> _unread;
            if (IsBelow(digits, k, lower)) continue;
            if (!IsNotBelow(digits, k, upper) && RestIsBelow(g, wholes, digits, k)) continue;
            return (k & 1) == 1;
        }
    }

    private static bool ExceedsOne<TExponent>(in TExponent g, ulong wholes)
        where TExponent : struct, IExponent
    {
        var (numerator, denominator) = g.Fraction;
        return numerator > (wholes + 1) * denominator;
    }

    /// <summary>Whether U &lt; g/k for every U from digits to digits + 1 and every g from lower, in units of
    /// 2^-digits.</summary>
    internal static bool IsBelow(ulong digits, ulong k, ulong lower) => (digits + 1) * k <= lower;

    /// <summary>Whether U &gt;= g/k for every U from digits and every g up to upper.</summary>
    internal static bool IsNotBelow(ulong digits, ulong k, ulong upper) => digits * k >= upper;

    /// <summary>With U = (digits + V)/one the event is V &lt; one g/k - digits. This is the right side as a fraction;
    /// it may lie outside [0, 1].</summary>
    internal static (BigInteger Numerator, BigInteger Denominator) Rest(
        BigInteger numerator, BigInteger denominator, ulong digits, ulong one, ulong k)
    {
        var bound = k * denominator;
        return ((one * numerator) - (digits * bound), bound);
    }

    private bool RestIsBelow<TExponent>(in TExponent g, ulong wholes, ulong digits, ulong k)
        where TExponent : struct, IExponent
    {
        var (numerator, denominator) = g.Fraction;
        var (chance, bound) = Rest(numerator - (wholes * denominator), denominator, digits, _one, k);
        return UniformInteger.Below(bound, _random) < chance;
    }

    private readonly struct One : IExponent
    {
        public ulong Lower => 1UL << MostDigits;

        public (BigInteger Numerator, BigInteger Denominator) Fraction => (BigInteger.One, BigInteger.One);
    }
}
