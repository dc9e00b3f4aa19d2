using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>Delta of one Gaussian release, also where it is far below the least floating-point number.</summary>
internal sealed class GaussianDeltaFile()
    : TableFormat("gaussian_delta", "sigma_over_sensitivity", "eps", "delta_exact", "log_delta_exact")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var (mu, epsilon) = (1 / row.Number("sigma_over_sensitivity"), row.Number("eps"));
        report.Relative(row.Id, "mu_gdp", mu, row.Number("mu_gdp"), 1e-9);
        report.Relative(row.Id, "log_delta_exact", Gaussian.LogDelta(mu, epsilon), row.Number("log_delta_exact"), 1e-9);
        report.Relative(row.Id, "delta_exact", Gaussian.Delta(mu, epsilon), row.Number("delta_exact"), 1e-9);
        var curve = RenyiCurve.Of(RenyiOrders.Usual, order => RenyiDp.Gaussian(order, 1 / mu));
        var best = curve.BestDelta(epsilon);
        report.Relative(row.Id, "delta_rdp", best.Value, row.Number("delta_rdp"), 1e-9);
        report.Relative(row.Id, "rdp_order", best.Order, row.Number("rdp_order"), 0);

        // Both cut a tail off and count it as lost: theirs near 10^-22, as the file says, ours near 10^-32.
        var numerical = PrivacyLossDistribution.Gaussian(1 / mu).Delta(epsilon);
        report.Within(row.Id, "delta_pld_pessimistic", numerical, row.Number("delta_exact"),
            (row.Number("delta_pld_pessimistic") * (1 + 1e-6)) + 1e-30);
    }
}
