using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>The Renyi divergence of one round at single orders, against quadrature in both directions.</summary>
internal sealed class RdpOrdersFile()
    : TableFormat("rdp_orders", "kind", "q", "noise_multiplier", "order", "rdp_exact_quadrature")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var (order, q, z) = (row.Number("order"), row.Number("q"), row.Number("noise_multiplier"));
        if (row.Text("kind").StartsWith("fixed", StringComparison.Ordinal))
        {
            report.Relative(row.Id, "rdp_dp_accounting, fixed size", RenyiDp.FixedSizeSubsampledGaussian(order, q, z),
                row.Number("rdp_dp_accounting"), 1e-9);
            return;
        }

        var value = RenyiDp.PoissonSubsampledGaussian(order, q, z);
        report.Relative(row.Id, "rdp_exact_quadrature", value, row.Number("rdp_exact_quadrature"), 1e-9);
        if (row.Has("rdp_reverse_direction_quadrature"))
        {
            report.Relative(row.Id, "rdp_reverse_direction_quadrature",
                RenyiDp.PoissonSubsampledGaussianReverse(order, q, z), row.Number("rdp_reverse_direction_quadrature"),
                1e-9);
        }

        // At fractional orders theirs sums absolute values, an upper bound, or does not converge and says infinity.
        if (order == Math.Floor(order)) report.Relative(row.Id, "rdp_dp_accounting", value,
            row.Number("rdp_dp_accounting"), 1e-9);
        else report.Within(row.Id, "rdp_dp_accounting, fractional "
            + "orders", value, 0, row.Number("rdp_dp_accounting") * (1 + 1e-9));
    }

    /// <summary>The largest deviations that the file states over its rows: ours over the rows that are there can only
    /// be smaller.</summary>
    protected override void CheckValues(OracleFile file, CheckReport report)
    {
        var (worst, reverse) = (0.0, 0.0);
        foreach (var row in file.Root.Property("rows").EnumerateArray())
        {
            var (order, q, z) = (row.Number("order"), row.Number("q"), row.Number("noise_multiplier"));
            if (row.Property("kind").GetString()!.StartsWith("fixed", StringComparison.Ordinal)) continue;
            var (ours, theirs) = (RenyiDp.PoissonSubsampledGaussian(order, q, z), row.Number("rdp_dp_accounting"));
            if (double.IsFinite(theirs)) worst = Math.Max(worst, Math.Abs(theirs - ours) / ours);
            if (q < 1) reverse = Math.Max(reverse, RenyiDp.PoissonSubsampledGaussianReverse(order, q, z) / ours);
        }

        foreach (var (name, ours) in new[] { ("max_rel_diff", worst), ("max_reverse_over_forward", reverse) })
        {
            if (file.Has(name)) report.Within(name, name, ours, 0, file.Root.Number(name) * (1 + 1e-9));
        }
    }
}
