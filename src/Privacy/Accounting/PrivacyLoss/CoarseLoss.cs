namespace FedMeta.Privacy;

/// <summary>
/// A loss gathered in few bins, each at its mean: cumulants for choosing a tilt and a window. What is chosen with it
/// may make a result less tight, never wrong.
/// </summary>
internal sealed class CoarseLoss
{
    private readonly double[] _losses;
    private readonly double[] _masses;

    private CoarseLoss(double[] losses, double[] masses) => (_losses, _masses) = (losses, masses);

    /// <summary>Width of the support.</summary>
    public double Width => _losses[^1] - _losses[0];

    public static CoarseLoss Of(double interval, long low, double[] mass, int bins)
    {
        var size = Math.Max(1, (mass.Length + bins - 1) / bins);
        var losses = new List<double>();
        var masses = new List<double>();
        for (var start = 0; start < mass.Length; start += size)
        {
            var (sum, moment) = (0.0, 0.0);
            for (var i = start; i < Math.Min(start + size, mass.Length); i++)
            {
                sum += mass[i];
                moment += (i - start) * mass[i];
            }

            if (sum <= 0) continue;
            losses.Add(interval * (low + start + (moment / sum)));
            masses.Add(sum);
        }

        return new CoarseLoss([.. losses], [.. masses]);
    }

    /// <summary>ln E[e^(order loss)] and its first two derivatives: cumulant, tilted mean, tilted variance.</summary>
    public (double Cumulant, double Mean, double Variance) At(double order)
    {
        var peak = order * (order > 0 ? _losses[^1] : _losses[0]);
        var (sum, first, second) = (0.0, 0.0, 0.0);
        for (var i = 0; i < _losses.Length; i++)
        {
            var tilted = _masses[i] * Math.Exp((order * _losses[i]) - peak);
            sum += tilted;
            first += tilted * _losses[i];
            second += tilted * _losses[i] * _losses[i];
        }

        var mean = first / sum;
        return (peak + Math.Log(sum), mean, Math.Max(0, (second / sum) - (mean * mean)));
    }
}
