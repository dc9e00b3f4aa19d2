namespace FedMeta.Privacy;

/// <summary>
/// How far the scores of the canaries that were in lie from those that were out, in standard deviations: an estimate of
/// the Gaussian parameter mu that uses the shape of the noise (after Andrew et al. 2023, "One-shot Empirical Privacy
/// Estimation for Federated Learning"). It sees a noise that is a tenth too small where guesses alone do not; it proves
/// nothing about a mechanism that is not Gaussian. See docs/proofs/one-run-audit.md.
/// </summary>
/// <param name="Mu">The estimate; negative where the canaries that were in score lower.</param>
/// <param name="StandardError">Of the estimate, for normal scores.</param>
public sealed record CanarySeparation(double Mu, double StandardError)
{
    // P[a standard normal value > 4.27] = 1e-5: a true claim is refuted once in a hundred thousand audits.
    private const double Deviations = 4.2649;

    /// <summary>A lower bound of mu with confidence 1 - 1e-5, for normal scores; not negative.</summary>
    public double LowerBound => Math.Max(0, Mu - (Deviations * StandardError));

    /// <summary>An upper bound of mu with confidence 1 - 1e-5, for normal scores.</summary>
    public double UpperBound => Mu + (Deviations * StandardError);

    /// <summary>The difference of the means over the pooled standard deviation (Welch's groups, one
    /// variance).</summary>
    /// <param name="scores">One for each canary.</param>
    /// <param name="included">The coins; at least two in and two out.</param>
    public static CanarySeparation Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> included)
    {
        if (scores.Length != included.Length)
            throw new ArgumentException("every canary has one score and one coin", nameof(scores));
        var (countIn, meanIn, squaresIn) = Moments(scores, included, true);
        var (countOut, meanOut, squaresOut) = Moments(scores, included, false);
        if (countIn < 2 || countOut < 2)
            throw new ArgumentException("an estimate needs two canaries in and two out", nameof(included));
        var deviation = Math.Sqrt((squaresIn + squaresOut) / (countIn + countOut - 2));
        if (deviation == 0) return new CanarySeparation(meanIn == meanOut ? 0 : double.PositiveInfinity, 0);
        var mu = (meanIn - meanOut) / deviation;

        // The variance of the difference of two means, and that of the standard deviation in the denominator.
        var error = Math.Sqrt((1.0 / countIn) + (1.0 / countOut) + (mu * mu / (2.0 * (countIn + countOut - 2))));
        return new CanarySeparation(mu, error);
    }

    private static (int Count, double Mean, double Squares) Moments(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> included, bool which)
    {
        var count = 0;
        double mean = 0, squares = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (included[i] != which) continue;
            count++;
            var step = scores[i] - mean;
            mean += step / count;
            squares += step * (scores[i] - mean);
        }

        return (count, mean, squares);
    }
}
