using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>tau of sums of discrete Gaussians, and norms after rounding.</summary>
internal sealed class DistributedComponentsFile()
    : TableFormat("distributed_dp_components", "tau", "rounding", "generic_subsampled_rdp")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        switch (row.Table)
        {
            case "rows":
                var deviation = row.Number("scaled_local_stddev");
                var tau = DistributedDiscreteGaussian.Tau(row.Whole("n_clients"), deviation * deviation);
                // Far below any use of it, where the exponent itself has only so many digits.
                report.Relative(row.Id, "tau", tau, row.Number("tau"), 1e-9, floor: 1e-300);
                break;
            case "rounding":
                var dimension = row.Whole("dim");
                var bound = DistributedDiscreteGaussian.RoundedL2Bound(row.Number("scaled_l2"), dimension,
                    row.Number("beta"));
                report.Relative(row.Id, "rounded_l2_bound", bound, row.Number("rounded_l2_bound"), 1e-9);
                var l1 = DistributedDiscreteGaussian.RoundedL1Bound(bound, dimension);
                report.Relative(row.Id, "rounded_l1_bound", l1, row.Number("rounded_l1_bound"), 1e-9);
                break;
            case "generic_subsampled_rdp":
                var (q, order) = (row.Number("q"), row.Whole("order"));
                row.Text("base"); // a Gaussian with z = 2 in every row
                report.Relative(row.Id, "rdp_zhu_wang_thm5", RenyiDp.PoissonSubsampled(order, q, o => o / 8.0),
                    row.Number("rdp_zhu_wang_thm5"), 1e-9);
                report.Relative(row.Id, "rdp_zhu_wang_thm6", RenyiDp.PoissonSubsampledTight(order, q, o => o / 8.0),
                    row.Number("rdp_zhu_wang_thm6"), 1e-9);
                report.Relative(row.Id, "rdp_mironov_exact", RenyiDp.PoissonSubsampledGaussian(order, q, 2),
                    row.Number("rdp_mironov_exact"), 1e-9);
                break;
            default:
                report.CannotCheck(row.Id, "a table that this format does not know");
                break;
        }
    }
}
