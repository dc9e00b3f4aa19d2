namespace FedMeta.Learning;

/// <summary>
/// A small deterministic generator for initial parameters, shuffles and bootstrap draws: xoshiro256** seeded by
/// SplitMix64. The same seed gives the same sequence on every machine and in every version. Not for keys, masks or
/// privacy noise.
/// </summary>
/// <remarks>Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators" (2021); SplitMix64: Steele, Lea and
/// Flood, OOPSLA 2014.</remarks>
public sealed class SeededGenerator
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;
    private double _spareNormal = double.NaN;

    /// <summary>Starts the sequence of <paramref name="seed"/>.</summary>
    public SeededGenerator(ulong seed)
    {
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    /// <summary>A seed for a named part of a computation: parts with different labels never share a sequence.</summary>
    public static ulong Derive(ulong seed, ulong label)
    {
        var state = seed;
        var mixed = SplitMix(ref state) ^ label;
        return SplitMix(ref mixed);
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextBits()
    {
        var result = ulong.RotateLeft(unchecked(_b * 5), 7);
        result = unchecked(result * 9);
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A uniform integer in [0, <paramref name="bound"/>), without modulo bias.</summary>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var limit = ulong.MaxValue - (ulong.MaxValue % (ulong)bound + 1) % (ulong)bound;
        ulong bits;
        do bits = NextBits();
        while (bits > limit);
        return (int)(bits % (ulong)bound);
    }

    /// <summary>A uniform number in [0, 1) with 53 bits.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A standard normal number (Marsaglia's polar method).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            var spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }

        double u, v, s;
        do
        {
            u = 2 * NextUnit() - 1;
            v = 2 * NextUnit() - 1;
            s = u * u + v * v;
        }
        while (s >= 1 || s == 0);
        var factor = Math.Sqrt(-2 * ElementaryFunctions.Log(s) / s);
        _spareNormal = v * factor;
        return u * factor;
    }

    /// <summary>Puts <paramref name="items"/> in uniformly random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextBelow(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>0 .. <paramref name="count"/> - 1 in uniformly random order.</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++) order[i] = i;
        Shuffle(order.AsSpan());
        return order;
    }

    private static ulong SplitMix(ref ulong state)
    {
        state = unchecked(state + 0x9E3779B97F4A7C15);
        var z = state;
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
