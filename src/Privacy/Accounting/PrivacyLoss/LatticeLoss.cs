namespace FedMeta.Privacy;

/// <summary>
/// Losses of one integer under integer noise that is even and log-concave. What is beyond the last point kept is
/// bounded by a geometric series and becomes an infinite loss.
/// </summary>
internal static class LatticeLoss
{
    // Below e^-85 a probability is left out.
    private const double LogLeast = -85;
    private const double ExponentError = 8.9e-16;

    public static LossMass Of(LatticeNoise noise, double variance, int sensitivity, double interval)
    {
        var log = noise == LatticeNoise.Skellam ? Skellam(variance, sensitivity) : Gaussian(variance, sensitivity);
        var kept = log.Length - 1 - sensitivity;

        // For log-concave noise the ratio of neighbours only falls.
        var ratio = Math.Exp(log[kept + 1] - log[kept]);
        var beyond = 2 * (Math.Exp(log[kept + 1]) + 1e-300) / (1 - ratio);
        var atoms = new List<(double, double, double)>((2 * kept) + 1);
        for (var x = -kept; x <= kept; x++)
        {
            var (here, there) = (log[Math.Abs(x)], log[Math.Abs(x - sensitivity)]);
            var error = ExponentError * (16 + Math.Abs(here) + Math.Abs(there));
            atoms.Add((here - there, Math.Exp(here) * (1 + error), error));
        }

        return ConnectTheDots.Of(interval, atoms, beyond);
    }

    /// <summary>ln P at 0, 1, ... until it is negligible, and as many more as the sensitivity.</summary>
    private static double[] Gaussian(double variance, int sensitivity)
    {
        var normaliser = Math.Log(DiscreteGaussianLaw.Normaliser(variance));
        var points = (int)Math.Ceiling(Math.Sqrt(-2 * LogLeast * variance)) + 3 + sensitivity;
        LossGrid.Require(2.0 * points, 1);
        var log = new double[points + 1];
        for (var x = 0; x < log.Length; x++) log[x] = (-(double)x * x / (2 * variance)) - normaliser;
        return log;
    }

    /// <summary>
    /// The same for Skellam, from ratios I_k/I_(k-1) = 1/(2k/v + I_(k+1)/I_k), a continued fraction without
    /// cancellation (Gautschi 1967), and the sum of all probabilities, 1.
    /// </summary>
    private static double[] Skellam(double variance, int sensitivity)
    {
        // ln I_k/I_0 <= -k asinh(k/v)/2 for the law at hand, so this many points are enough; more do no harm.
        var enough = 1.0;
        while (enough * Math.Asinh(enough / variance) / 2 < -LogLeast) enough *= 1.25;
        LossGrid.Require(2 * (enough + sensitivity), 1);
        var points = (int)Math.Ceiling(enough) + 3 + sensitivity;
        var log = new double[points + 1];
        var ratio = 0.0;
        for (var k = points + 64; k >= 1; k--)
        {
            ratio = 1 / ((2.0 * k / variance) + ratio);
            if (k <= points) log[k] = Math.Log(ratio);
        }

        var (sum, running) = (0.0, 0.0);
        for (var k = 1; k <= points; k++)
        {
            running += log[k];
            log[k] = running;
        }

        for (var k = points; k >= 1; k--) sum += Math.Exp(log[k]);
        var normaliser = RealFunctions.Log1P(2 * sum);
        for (var k = 0; k <= points; k++) log[k] -= normaliser;
        return log;
    }
}
