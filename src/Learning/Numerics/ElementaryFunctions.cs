namespace FedMeta.Learning;

/// <summary>
/// exp, log and tanh from additions, multiplications and divisions alone. The library functions of the platform
/// differ in the last bit between operating systems and instruction sets; these give the same bits on every IEEE 754
/// machine.
/// </summary>
/// <remarks>
/// Errors stay below about two units in the last place of a double. Reductions follow Cody and Waite, "Software
/// Manual for the Elementary Functions"; the polynomials are plain Taylor and atanh series, long enough for 53 bits.
/// </remarks>
public static class ElementaryFunctions
{
    private const double InverseLn2 = 1.4426950408889634;
    private const double Ln2High = 6.93147180369123816490e-01; // 32 leading bits: k * Ln2High is exact for |k| < 2^21
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>e to the power <paramref name="x"/>; 0 and infinity at the ends of the range.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > 709.782712893384) return double.PositiveInfinity;
        if (x < -745.1332191019412) return 0;
        var k = (int)Math.Round(x * InverseLn2);
        var fraction = 1 + ExpMinusOneSeries(Reduce(x, k));
        // Two factors, so that results near the smallest and largest double are scaled without an early under- or
        // overflow.
        var half = k / 2;
        return fraction * PowerOfTwo(half) * PowerOfTwo(k - half);
    }

    /// <summary>The natural logarithm; -infinity at 0, NaN below.</summary>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        if (x == 0) return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x)) return x;
        var exponent = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0; // 2^54 lifts subnormal numbers
            exponent = -54;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            exponent++;
        }

        // log m = 2 atanh((m - 1) / (m + 1)), |f| <= 0.1716
        var f = (m - 1) / (m + 1);
        var s = f * f;
        var series = 0.0;
        for (var term = 23; term >= 3; term -= 2) series = s * (series + 1.0 / term);
        return exponent * Ln2High + (2 * f + (2 * f * series + exponent * Ln2Low));
    }

    /// <summary>log(1 + <paramref name="u"/>) without loss for small <paramref name="u"/> (Kahan's correction); u
    /// above -1.</summary>
    public static double LogOnePlus(double u)
    {
        var w = 1 + u;
        if (w == 1) return u;
        return double.IsPositiveInfinity(w) ? w : Log(w) * (u / (w - 1));
    }

    /// <summary>The hyperbolic tangent.</summary>
    public static double Tanh(double x)
    {
        if (double.IsNaN(x)) return x;
        var a = Math.Abs(x);
        var t = 1.0;
        if (a < 22)
        {
            var e = ExpMinusOne(2 * a);
            t = e / (e + 2);
        }

        return x < 0 ? -t : t;
    }

    /// <summary>The hyperbolic tangent of every element.</summary>
    public static void Tanh<T>(ReadOnlySpan<T> x, Span<T> result)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < x.Length; i++) result[i] = T.CreateTruncating(Tanh(double.CreateTruncating(x[i])));
    }

    /// <summary>1 / (1 + e^-x), exact in the tails.</summary>
    public static double Sigmoid(double x)
    {
        if (x >= 0) return 1 / (1 + Exp(-x));
        var e = Exp(x);
        return e / (1 + e);
    }

    /// <summary>log(1 + e^x) without overflow.</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Exp(-Math.Abs(x)));

    private static double ExpMinusOne(double x)
    {
        var k = (int)Math.Round(x * InverseLn2);
        var series = ExpMinusOneSeries(Reduce(x, k));
        if (k == 0) return series;
        var power = PowerOfTwo(k);
        return power * series + (power - 1);
    }

    private static double Reduce(double x, int k) => x - k * Ln2High - k * Ln2Low;

    private static double ExpMinusOneSeries(double r)
    {
        var series = 1.0;
        for (var term = 14; term >= 2; term--) series = 1 + series * r / term;
        return r * series;
    }

    private static double PowerOfTwo(int k) => BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
}
