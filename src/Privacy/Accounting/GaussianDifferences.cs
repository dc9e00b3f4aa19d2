namespace FedMeta.Privacy;

/// <summary>
/// E[(e^L - 1)^l] for even l and the privacy loss L of Gaussian noise, e^L = e^((2x-1)/(2 z^2)) with x from N(0, z^2):
/// the forward differences of Theorem 27 of Wang, Balle and Kasiviswanathan 2019. As alternating sums of e^(k
/// (k-1)/(2 z^2)) they cancel to nothing for large z; as the integral of an even power no term is negative. The
/// trapezoid rule is exact to e^(-2 pi^2 z^2/step^2) for such integrands (docs/proofs/accounting.md).
/// </summary>
internal static class GaussianDifferences
{
    private const double StepsPerDeviation = 10;
    private const double TailDeviations = 13;
    private const double MostSteps = 1 << 16;

    /// <summary>Whether one integral takes at most 65,536 steps.</summary>
    public static bool AreFeasible(int order, double noise) =>
        (order + 2 + (2 * TailDeviations * noise)) * StepsPerDeviation / noise <= MostSteps;

    /// <summary>ln of the difference 2 m at index m, for m = 0 up to the least with 2 m &gt;= order.</summary>
    public static double[] LogEven(int order, double noise)
    {
        var result = new double[((order + 1) / 2) + 1];
        for (var m = 1; m < result.Length; m++) result[m] = LogDifference(2 * m, noise);
        return result;
    }

    private static double LogDifference(int power, double noise)
    {
        var step = noise / StepsPerDeviation;
        var first = (long)Math.Floor(-TailDeviations * StepsPerDeviation);
        var last = (long)Math.Ceiling((power + (TailDeviations * noise)) / step);
        var sum = double.NegativeInfinity;
        for (var j = first; j <= last; j++)
        {
            var deviations = j / StepsPerDeviation;
            var t = ((j * step) - 0.5) / noise / noise;
            var logDistance = t > 0 ? RealFunctions.LogExpM1(t) : Math.Log(-RealFunctions.ExpM1(t));
            sum = RealFunctions.LogAdd(sum, (power * logDistance) - (deviations * deviations / 2));
        }

        return sum - Math.Log(StepsPerDeviation) - (0.5 * Math.Log(2 * Math.PI));
    }
}
