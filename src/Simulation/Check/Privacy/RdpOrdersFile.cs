using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>The Renyi divergence of one round at single orders, against quadrature.</summary>
internal sealed class RdpOrdersFile()
    : TableFormat("rdp_orders", "kind", "q", "noise_multiplier", "order", "rdp_exact_quadrature")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        if (row.Text("kind").StartsWith("fixed", StringComparison.Ordinal) || !row.Has("rdp_exact_quadrature"))
        {
            report.CannotCheck(row.Id, "FedMeta has no accountant for samples of a fixed size");
            return;
        }

        var order = row.Number("order");
        var value = RenyiDp.PoissonSubsampledGaussian(order, row.Number("q"), row.Number("noise_multiplier"));
        report.Relative(row.Id, "rdp_exact_quadrature", value, row.Number("rdp_exact_quadrature"), 1e-9);
        // At fractional orders theirs sums absolute values, an upper bound, or does not converge and says infinity.
        if (order == Math.Floor(order)) report.Relative(row.Id, "rdp_dp_accounting", value,
            row.Number("rdp_dp_accounting"), 1e-9);
        else report.Within(row.Id, "rdp_dp_accounting, fractional "
            + "orders", value, 0, row.Number("rdp_dp_accounting") * (1 + 1e-9));
    }

    protected override string? ReasonFor(string column) =>
        column == "rdp_reverse_direction_quadrature" ? "the smaller of the two directions" : null;
}
