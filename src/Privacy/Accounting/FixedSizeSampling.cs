namespace FedMeta.Privacy;

/// <summary>
/// The moment of Gaussian noise on a sample of fixed size: Wang, Balle and Kasiviswanathan 2019, "Subsampled Renyi
/// Differential Privacy and Analytical Moments Accountant", Theorem 27:
/// <c>1 + C(a,2) q^2 min(4 (e^R(2) - 1), 2 e^R(2)) + sum over j = 3..a of C(a,j) q^j min(4 sqrt(B(2 floor(j/2))
/// B(2 ceil(j/2))), 2 e^((j-1) R(j)))</c>, where B(l) = E[(e^L - 1)^l] is the l-th forward difference of the moments
/// e^(k (k-1)/(2 z^2)). See docs/proofs/accounting.md.
/// </summary>
internal static class FixedSizeSampling
{
    // Beyond it the second term of the minimum alone bounds every summand; the differences cost a square of the order.
    private const int LargestExactOrder = 256;

    /// <summary>ln of the moment of order a, at most; between whole orders the chord, which lies above (Corollary
    /// 10).</summary>
    public static double LogMoment(double order, double rate, double noise)
    {
        var below = (int)Math.Floor(order);
        var atBelow = LogMomentAt(below, rate, noise);
        if (order == below) return atBelow;
        var share = order - below;
        return ((1 - share) * atBelow) + (share * LogMomentAt(below + 1, rate, noise));
    }

    private static double LogMomentAt(int order, double rate, double noise)
    {
        if (order == 1) return 0;
        var differences = order <= LargestExactOrder && GaussianDifferences.AreFeasible(order, noise)
            ? GaussianDifferences.LogEven(order, noise)
            : null;
        var excess = double.NegativeInfinity;
        var logBinomial = Math.Log(order);
        for (var j = 2; j <= order; j++)
        {
            logBinomial += Math.Log((order - j + 1.0) / j);
            var bound = Math.Log(2) + (j / noise * ((j - 1) / noise) / 2);
            if (j == 2) bound = Math.Min(bound, Math.Log(4) + RealFunctions.LogExpM1(1 / noise / noise));
            else if (differences is not null)
                bound = Math.Min(bound, Math.Log(4) + ((differences[j / 2] + differences[(j + 1) / 2]) / 2));
            if (double.IsPositiveInfinity(bound)) return bound;
            excess = RealFunctions.LogAdd(excess, logBinomial + (j * Math.Log(rate)) + bound);
        }

        return RealFunctions.LogAdd(0, excess);
    }
}
