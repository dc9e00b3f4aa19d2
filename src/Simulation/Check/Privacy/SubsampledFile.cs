using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>
/// Poisson-sampled rounds: ours lies between the numerical epsilon and the reference's Renyi epsilon.
/// </summary>
internal sealed class SubsampledFile()
    : TableFormat("subsampled_gaussian_eps", "q", "noise_multiplier", "rounds", "delta", "eps_rdp", "eps_pld")
{
    private readonly SampledCurves _curves = new();

    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var curve = _curves.Of(row.Number("q"), row.Number("noise_multiplier"), row.Whole("rounds"));
        var epsilon = curve.Epsilon(row.Number("delta"));
        report.Within(row.Id, "eps_rdp", epsilon, 0, row.Number("eps_rdp") * (1 + 1e-9));
        var order = row.Number("rdp_order");
        var there = curve.Only(order).Epsilon(row.Number("delta"));
        if (order == Math.Floor(order))
            report.Relative(row.Id, "eps_rdp at their order, whole", there, row.Number("eps_rdp"), 1e-9);
        else report.Within(row.Id, "eps_rdp at their order", there, epsilon, row.Number("eps_rdp") * (1 + 1e-9));
        if (row.Has("eps_pld")) report.Within(row.Id, "eps_pld", epsilon, row.Number("eps_pld") - 2e-3,
            double.PositiveInfinity);
    }

    protected override string? ReasonFor(string column) => column switch
    {
        _ => "FedMeta has no privacy-loss-distribution accountant; the larger of both directions bounds ours from "
            + "below",
    };
}
