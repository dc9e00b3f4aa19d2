using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FedMeta.Privacy;

/// <summary>
/// Density and both tails of the standard normal distribution, four points at a time and without branches. The Mills
/// ratio M(a) = (1 - Phi(a))/phi(a) is (1 + a)^-1 times a polynomial in (a - 5)/(a + 5) for every a >= 0: the Chebyshev
/// series of (1 + a) M(a), computed with 60 digits and cut after degree 24, is within 4 10^-17 of it.
/// </summary>
internal static class NormalTails
{
    private const double RootTwoPi = 2.50662827463100050242;
    private const double Centre = 5;
    private const double SeriesBelow = 0.35;

    private static readonly double[] Coefficients =
    [
        1.1568486282918946, -0.22948753825211315, 0.07778159886873554, 0.0250721793016388, -0.0661776007789934,
        0.0615050458401865, -0.038026592187762366, 0.01634823128102938, -0.004201290310663574, 1.9530638370790786e-05,
        0.00045704381820007954, -0.0001343742785571135, -2.48054584472145e-05, 2.270961270923768e-05,
        -1.7723438185601556e-07, -3.277287633208865e-06, 3.2197131609042185e-07, 4.91996233147834e-07,
        -6.738323465177047e-08, -7.758520236786343e-08, 1.0082895646260188e-08, 1.1032071151574336e-08,
        -1.0846925288860795e-09, -9.564832934712551e-10, 6.288377855498677e-11,
    ];

    /// <summary>phi(y); the rounding of y^2 is put back, so that large |y| lose nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Density(Vector256<double> y)
    {
        var square = y * y;
        var lost = Vector256.FusedMultiplyAdd(y, y, -square);
        var half = Vector256.Create(0.5);
        return Vector256.Exp(-half * square) * (Vector256<double>.One - (half * lost))
            * Vector256.Create(1 / RootTwoPi);
    }

    /// <summary>M(|y|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MillsRatio(Vector256<double> y)
    {
        var a = Vector256.Abs(y);
        var t = (a - Vector256.Create(Centre)) / (a + Vector256.Create(Centre));
        var sum = Vector256.Create(Coefficients[^1]);
        for (var k = Coefficients.Length - 2; k >= 0; k--)
            sum = Vector256.FusedMultiplyAdd(sum, t, Vector256.Create(Coefficients[k]));
        return sum / (Vector256<double>.One + a);
    }

    /// <summary>e^x - 1, from e^x where nothing cancels and from the series to x^14 where |x| &lt; 0.35.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> ExpM1(Vector256<double> x, Vector256<double> power)
    {
        var near = Vector256.LessThan(Vector256.Abs(x), Vector256.Create(SeriesBelow));
        if (near == Vector256<double>.Zero) return power - Vector256<double>.One;
        var sum = Vector256.Create(1.0 / 14);
        for (var k = 13; k >= 1; k--)
            sum = (sum * x * Vector256.Create(1.0 / k)) + Vector256.Create(1.0 / k);
        return Vector256.ConditionalSelect(near, sum * x, power - Vector256<double>.One);
    }

    /// <summary>1 - Phi(y) and Phi(y); the smaller one keeps its relative precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<double> Upper, Vector256<double> Lower) Split(
        Vector256<double> y, Vector256<double> density, Vector256<double> millsRatio)
    {
        var small = density * millsRatio;
        var large = Vector256<double>.One - small;
        var positive = Vector256.GreaterThanOrEqual(y, Vector256<double>.Zero);
        return (Vector256.ConditionalSelect(positive, small, large),
            Vector256.ConditionalSelect(positive, large, small));
    }
}
