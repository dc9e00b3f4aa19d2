namespace FedMeta.Privacy;

/// <summary>
/// Probabilities of the discrete Laplace distribution in floating point, for checks: the proposal of the discrete
/// Gaussian sampler (Canonne, Kamath and Steinke 2020, Definition 19; docs/proofs/sampler.md, Lemma 3).
/// </summary>
public static class DiscreteLaplaceLaw
{
    /// <summary>(e^(1/t) - 1)/(e^(1/t) + 1) e^(-|x|/t) = tanh(1/(2t)) e^(-|x|/t).</summary>
    /// <param name="x">Any integer.</param>
    /// <param name="scale">t, positive and finite.</param>
    public static double Probability(long x, double scale)
    {
        if (!double.IsFinite(scale) || scale <= 0) throw new ArgumentOutOfRangeException(nameof(scale));
        return Math.Tanh(1 / (2 * scale)) * Math.Exp(-Math.Abs((double)x) / scale);
    }
}
