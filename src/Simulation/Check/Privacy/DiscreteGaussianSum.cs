using System.Numerics;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>
/// The exact law of a sum of n discrete Gaussians of variance parameter v, by convolution: in logarithms, for
/// divergences whose mass lies far out, and in whole numbers of 2^-320, for ratios that differ from 1 by less than a
/// floating-point number can say.
/// </summary>
internal sealed class DiscreteGaussianSum
{
    private const int FractionBits = 320;

    // Beyond it exp(-x^2/(2v)) is below 2^-320.
    private const double WholeDeviations = 21.1;

    // Divergences of order up to 32 over a shift of 2 have their mass near 64 and fall off with the sum's deviation.
    private const int Reach = 200;

    private readonly int _shares;
    private readonly double _variance;
    private readonly double[] _logs;

    /// <param name="shares">n, at least 1.</param>
    /// <param name="variance">v, a multiple of 1/4096.</param>
    public DiscreteGaussianSum(int shares, double variance)
    {
        (_shares, _variance) = (shares, variance);
        var one = new double[(2 * Reach) + 1];
        for (var j = 0; j < one.Length; j++) one[j] = -(double)(j - Reach) * (j - Reach) / (2 * variance);
        var normaliser = IntegerNoise.LogSum(one);
        for (var j = 0; j < one.Length; j++) one[j] -= normaliser;
        _logs = one;
        for (var k = 1; k < shares; k++) _logs = Convolve(_logs, one);
    }

    /// <summary>The divergence of order a between the sum and the sum moved by a shift.</summary>
    public double Divergence(int shift, double order) =>
        IntegerNoise.Divergence(x => _logs[x + Reach], Reach - Math.Abs(shift), shift, order);

    /// <summary>
    /// The largest |ln(P[sum = x]/P[y = x])| with y one discrete Gaussian of variance parameter n v, over |x| up to so
    /// many deviations.
    /// </summary>
    public double LargestLogRatio(double deviations)
    {
        var share = Weights(_variance);
        var sum = share;
        for (var k = 1; k < _shares; k++) sum = Convolve(sum, share);
        var single = Weights(_shares * _variance);
        var (massOfSum, massOfSingle) = (Total(sum), Total(single));
        var largest = 0.0;
        for (var x = 0; x <= (int)(deviations * Math.Sqrt(_shares * _variance)); x++)
        {
            var expected = At(single, x) * massOfSum;
            var difference = (At(sum, x) * massOfSingle) - expected;
            var excess = Math.ScaleB((double)((difference << 128) / expected), -128);
            largest = Math.Max(largest, Math.Abs(LogOnePlus(excess)));
        }

        return largest;
    }

    private static double[] Convolve(double[] left, double[] right)
    {
        var result = new double[left.Length];
        var terms = new double[left.Length];
        for (var j = 0; j < result.Length; j++)
        {
            Array.Fill(terms, double.NegativeInfinity);
            var x = j - Reach;
            for (var y = Math.Max(-Reach, x - Reach); y <= Math.Min(Reach, x + Reach); y++)
                terms[y + Reach] = left[y + Reach] + right[x - y + Reach];
            result[j] = IntegerNoise.LogSum(terms);
        }

        return result;
    }

    /// <summary>exp(-x^2/(2v)) for |x| up to the reach, centre in the middle, in units of 2^-320.</summary>
    private static BigInteger[] Weights(double variance)
    {
        var reach = (int)(WholeDeviations * Math.Sqrt(variance)) + 1;
        var ratio = Exponential((new BigInteger(4096) << FractionBits) / (2 * new BigInteger(4096 * variance)));
        var square = (ratio * ratio) >> FractionBits;
        var weights = new BigInteger[(2 * reach) + 1];
        weights[reach] = BigInteger.One << FractionBits;

        // e^(-(x+1)^2 t) = e^(-x^2 t) e^(-(2x+1) t)
        for (var x = 0; x < reach; x++)
        {
            weights[reach + x + 1] = weights[reach - x - 1] = (weights[reach + x] * ratio) >> FractionBits;
            ratio = (ratio * square) >> FractionBits;
        }

        return weights;
    }

    /// <summary>e^-t by its series; t and the result in units of 2^-320.</summary>
    private static BigInteger Exponential(BigInteger t)
    {
        var sum = BigInteger.One << FractionBits;
        var term = sum;
        for (var k = 1; !term.IsZero; k++)
        {
            term = term * t / k >> FractionBits;
            sum += k % 2 == 0 ? term : -term;
        }

        return sum;
    }

    private static BigInteger[] Convolve(BigInteger[] left, BigInteger[] right)
    {
        var result = new BigInteger[left.Length + right.Length - 1];
        for (var j = 0; j < left.Length; j++)
        {
            for (var k = 0; k < right.Length; k++) result[j + k] += left[j] * right[k];
        }

        for (var j = 0; j < result.Length; j++) result[j] >>= FractionBits;
        return result;
    }

    private static BigInteger At(BigInteger[] weights, int x) => weights[(weights.Length / 2) + x];

    private static BigInteger Total(BigInteger[] weights) => weights.Aggregate(BigInteger.Zero, (a, b) => a + b);

    private static double LogOnePlus(double x) => Math.Abs(x) < 1e-5 ? x * (1 - (x * (0.5 - (x / 3)))) : Math.Log(1 + x);
}
