using System.Runtime.Intrinsics;

namespace FedMeta.Learning;

/// <summary>
/// exp, log and tanh of eight doubles at once, from additions, multiplications, divisions, fused multiply-adds and
/// moves of bits alone: every lane has the bits that it would have alone, on every machine. Where there are no vectors
/// of 512 bits the runtime uses two or four narrower ones.
/// </summary>
/// <remarks>
/// Errors stay below about two units in the last place. Reductions follow Cody and Waite, "Software Manual for the
/// Elementary Functions"; the polynomials are plain Taylor and atanh series, long enough for 53 bits.
/// </remarks>
internal static class ElementaryVectors
{
    private const double InverseLn2 = 1.4426950408889634;
    private const double Ln2High = 6.93147180369123816490e-01; // 32 leading bits: k * Ln2High is exact for |k| < 2^21
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Integers = 6755399441055744.0; // 1.5 * 2^52: doubles of this size are integers

    /// <summary>e to the power x; 0 and infinity at the ends of the range.</summary>
    public static Vector512<double> Exp(Vector512<double> x)
    {
        var inside = Vector512.Min(Vector512.Max(x, Vector512.Create(-745.1332191019412)), Vector512.Create(709.79));
        var k = Round(inside * InverseLn2);
        var fraction = ExpMinusOneSeries(Reduce(inside, k)) + Vector512<double>.One;
        // Two factors, so that results near the smallest and largest double are scaled without an early under- or
        // overflow.
        var half = Round(k * 0.5);
        var result = fraction * PowerOfTwo(half) * PowerOfTwo(k - half);
        result = Where(Vector512.LessThan(x, Vector512.Create(-745.1332191019412)), Vector512<double>.Zero, result);
        result = Where(
            Vector512.GreaterThan(x, Vector512.Create(709.782712893384)),
            Vector512.Create(double.PositiveInfinity), result);
        return Where(Vector512.Equals(x, x), result, x);
    }

    /// <summary>The natural logarithm; -infinity at 0, NaN below.</summary>
    public static Vector512<double> Log(Vector512<double> x)
    {
        var subnormal = Vector512.LessThan(x, Vector512.Create(2.2250738585072014e-308));
        var bits = Where(subnormal, x * 18014398509481984.0, x).AsUInt64(); // 2^54 lifts subnormal numbers
        var m = ((bits & Vector512.Create(0xFFFFFFFFFFFFFUL)) | Vector512.Create(0x3FF0000000000000UL)).AsDouble();
        var above = Vector512.GreaterThan(m, Vector512.Create(1.4142135623730951));
        m = Where(above, m * 0.5, m);
        // The exponent's bits as a number: they stand in the last bits of a double of the size of 2^52.
        var exponent = (Vector512.ShiftRightLogical(bits, 52) | Vector512.Create(0x4330000000000000UL)).AsDouble()
            - Vector512.Create(4503599627370496.0 + 1023);
        exponent += Where(above, Vector512<double>.One, Vector512<double>.Zero);
        exponent -= Where(subnormal, Vector512.Create(54.0), Vector512<double>.Zero);

        // log m = 2 atanh((m - 1) / (m + 1)), |f| <= 0.1716
        var f = (m - Vector512<double>.One) / (m + Vector512<double>.One);
        var s = f * f;
        var series = Vector512<double>.Zero;
        for (var term = 23; term >= 3; term -= 2) series = s * (series + Vector512.Create(1.0 / term));
        var twice = f + f;
        var result = (exponent * Ln2High) + (twice + ((twice * series) + (exponent * Ln2Low)));
        result = Where(Vector512.Equals(x, Vector512<double>.Zero), Vector512.Create(double.NegativeInfinity), result);
        result = Where(Vector512.Equals(x, Vector512.Create(double.PositiveInfinity)), x, result);
        return Where(Vector512.GreaterThanOrEqual(x, Vector512<double>.Zero), result, Vector512.Create(double.NaN));
    }

    /// <summary>log(1 + u) without loss for small u (Kahan's correction); u above -1.</summary>
    public static Vector512<double> LogOnePlus(Vector512<double> u)
    {
        var w = u + Vector512<double>.One;
        var corrected = Log(w) * (u / (w - Vector512<double>.One));
        var result = Where(Vector512.Equals(w, Vector512<double>.One), u, corrected);
        return Where(Vector512.Equals(w, Vector512.Create(double.PositiveInfinity)), w, result);
    }

    /// <summary>The hyperbolic tangent.</summary>
    public static Vector512<double> Tanh(Vector512<double> x)
    {
        var a = Vector512.Min(Vector512.Abs(x), Vector512.Create(22.0)); // 1 to the last bit from there on
        var e = ExpMinusOne(a + a);
        var t = e / (e + Vector512.Create(2.0));
        var sign = x.AsUInt64() & Vector512.Create(0x8000000000000000UL);
        return Where(Vector512.Equals(x, x), (t.AsUInt64() | sign).AsDouble(), x);
    }

    /// <summary>1 / (1 + e^-x), exact in the tails.</summary>
    public static Vector512<double> Sigmoid(Vector512<double> x)
    {
        var e = Exp(-Vector512.Abs(x));
        var tail = e / (e + Vector512<double>.One);
        var result = Where(
            Vector512.GreaterThanOrEqual(x, Vector512<double>.Zero),
            Vector512<double>.One / (e + Vector512<double>.One), tail);
        return Where(Vector512.Equals(x, x), result, x);
    }

    private static Vector512<double> ExpMinusOne(Vector512<double> x)
    {
        var k = Round(x * InverseLn2);
        var series = ExpMinusOneSeries(Reduce(x, k));
        var power = PowerOfTwo(k);
        return (power * series) + (power - Vector512<double>.One);
    }

    private static Vector512<double> Reduce(Vector512<double> x, Vector512<double> k) =>
        x - (k * Ln2High) - (k * Ln2Low);

    private static Vector512<double> ExpMinusOneSeries(Vector512<double> r)
    {
        var series = Vector512.Create(InverseFactorials[^1]);
        for (var i = InverseFactorials.Length - 2; i >= 0; i--)
            series = Vector512.FusedMultiplyAdd(series, r, Vector512.Create(InverseFactorials[i]));
        return r * series;
    }

    /// <summary>The nearest integer, ties to even, for numbers far below 2^51.</summary>
    private static Vector512<double> Round(Vector512<double> x) =>
        x + Vector512.Create(Integers) - Vector512.Create(Integers);

    /// <summary>2^k for integers k between -1022 and 1023: k becomes the exponent's bits.</summary>
    private static Vector512<double> PowerOfTwo(Vector512<double> k) =>
        Vector512.ShiftLeft((k + Vector512.Create(Integers + 1023)).AsUInt64(), 52).AsDouble();

    private static Vector512<double> Where(
        Vector512<double> condition, Vector512<double> yes, Vector512<double> no) =>
        Vector512.ConditionalSelect(condition, yes, no);

    // 1/1!, 1/2!, ... 1/14!
    private static ReadOnlySpan<double> InverseFactorials =>
    [
        1, 1 / 2.0, 1 / 6.0, 1 / 24.0, 1 / 120.0, 1 / 720.0, 1 / 5040.0, 1 / 40320.0, 1 / 362880.0, 1 / 3628800.0,
        1 / 39916800.0, 1 / 479001600.0, 1 / 6227020800.0, 1 / 87178291200.0,
    ];
}
