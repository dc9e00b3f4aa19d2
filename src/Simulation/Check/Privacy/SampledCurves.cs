using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>Curves of sampled Gaussian rounds, each computed once per file.</summary>
internal sealed class SampledCurves
{
    private readonly Dictionary<(double, double), RenyiCurve> _one = [];

    public RenyiCurve Of(double q, double z, int rounds)
    {
        if (!_one.TryGetValue((q, z), out var curve)) _one[(q, z)] = curve = At(RenyiOrders.Usual, q, z);
        return curve.Repeated(rounds);
    }

    public static RenyiCurve At(IReadOnlyList<double> orders, double q, double z) =>
        RenyiCurve.Of(orders, order => RenyiDp.PoissonSubsampledGaussian(order, q, z));
}
