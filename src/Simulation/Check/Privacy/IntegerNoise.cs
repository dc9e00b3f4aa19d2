namespace FedMeta.Simulation.Check.Privacy;

/// <summary>Renyi divergences of noise on the integers from its probabilities, summed up.</summary>
internal static class IntegerNoise
{
    /// <summary>
    /// The divergence of order a between the noise and the noise moved by <paramref name="shift"/>: ln of the sum over
    /// x of P[x]^a P[x - shift]^(1-a), over a - 1.
    /// </summary>
    /// <param name="logProbability">ln P[x], for |x| up to the reach and the shift together.</param>
    /// <param name="reach">The sum runs over |x| up to it.</param>
    /// <param name="shift">A whole number.</param>
    /// <param name="order">Above 1.</param>
    public static double Divergence(Func<int, double> logProbability, int reach, int shift, double order)
    {
        var terms = new double[(2 * reach) + 1];
        for (var j = 0; j < terms.Length; j++)
        {
            var x = j - reach;
            terms[j] = (order * logProbability(x)) + ((1 - order) * logProbability(x - shift));
        }

        return LogSum(terms) / (order - 1);
    }

    /// <summary>ln of the sum of e^term.</summary>
    public static double LogSum(ReadOnlySpan<double> terms)
    {
        var largest = double.NegativeInfinity;
        foreach (var term in terms) largest = Math.Max(largest, term);
        if (double.IsNegativeInfinity(largest)) return largest;
        var sum = 0.0;
        foreach (var term in terms) sum += Math.Exp(term - largest);
        return largest + Math.Log(sum);
    }
}
