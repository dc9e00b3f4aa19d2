namespace FedMeta.Privacy;

/// <summary>
/// The tightest discretisation that only overstates: Doroshenko, Ghazi, Kamath, Kumar and Manurangsi 2022, "Connect
/// the Dots: Tighter Discrete Approximations of Privacy Loss Distributions", Algorithm 1. Its delta is that of the
/// mechanism at each grid point and, in e^epsilon, the chord in between. Written with upper tails S_i = delta_i +
/// (delta_(i-1) - delta_i)/(1 - e^-h), which are rounded up, so that rounding errors can only overstate too.
/// </summary>
internal static class ConnectTheDots
{
    // Where one addition or subtraction is rounded; far above 2^-53.
    private const double RoundUp = 1 + 4.4408920985006262e-16;

    // More than what is lost where a tail underflows.
    private const double Underflow = 1e-300;

    /// <summary>Probabilities from exact tails; what lies below the grid is moved up to its first point, what lies
    /// above it to infinity.</summary>
    public static LossMass Between(double interval, TailGrid grid)
    {
        var (tail, delta, error) = (grid.Tail, grid.Delta, grid.Error);
        var last = tail.Length - 1;
        var gap = -RealFunctions.ExpM1(-interval);
        var mass = new double[tail.Length];
        var infinity = Math.Min(1, ((delta[last] + error[last]) * RoundUp) + Underflow);
        var above = infinity;
        for (var i = last; i > 0; i--)
        {
            var share = delta[i] + ((delta[i - 1] - delta[i]) / gap);
            var slack = 4 * Math.Max(error[i], error[i - 1]) / gap;

            // The true one is neither above 1 nor above the tail at the point before; a threshold that was rounded
            // gives the tail of a slightly different loss, so it is held against the point before that.
            var most = i == 1 ? 1 : Math.Min(1, tail[i - 2] + error[i - 2]);
            var at = Math.Min(most, share + slack);
            at = Math.Max(above, at * RoundUp);
            mass[i] = (at - above) * RoundUp;
            above = at;
        }

        mass[0] = Math.Max(0, 1 - above) * RoundUp;
        return new LossMass(interval, grid.Low, mass, infinity);
    }

    /// <summary>
    /// Probabilities from atoms: each is shared between the two grid points around it so that both of its probabilities
    /// are kept.
    /// </summary>
    /// <param name="interval">h.</param>
    /// <param name="atoms">Losses with their probabilities and a bound of the loss's rounding error.</param>
    /// <param name="infinity">Probability of everything that is not among the atoms.</param>
    public static LossMass Of(
        double interval, IReadOnlyList<(double Loss, double Mass, double Error)> atoms, double infinity)
    {
        var low = (long)Math.Floor(atoms.Min(atom => atom.Loss - atom.Error) / interval) - 1;
        var high = (long)Math.Ceiling(atoms.Max(atom => atom.Loss + atom.Error) / interval) + 1;
        LossGrid.Require(high - low + 1.0, interval);
        var mass = new double[high - low + 1];
        var gap = RealFunctions.ExpM1(-interval);
        foreach (var (loss, probability, error) in atoms)
        {
            var shifted = loss + error;
            var below = (long)Math.Floor(shifted / interval);
            var rest = Math.Clamp(shifted - (below * interval) + (error / 2), 0, interval);
            var up = Math.Min(1, RealFunctions.ExpM1(-rest) / gap * RoundUp);
            mass[below - low] += probability * (1 - up) * RoundUp;
            mass[below - low + 1] += probability * up * RoundUp;
        }

        return new LossMass(interval, low, mass, Math.Min(1, infinity));
    }
}
