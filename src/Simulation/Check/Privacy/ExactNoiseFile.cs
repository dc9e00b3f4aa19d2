using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>
/// Renyi divergences of exact sums of discrete Gaussians: our bound is the published one and never below the truth.
/// </summary>
internal sealed class ExactNoiseFile()
    : TableFormat("distributed_noise_exact_rdp", "kind", "n", "sigma2_each", "shift", "order", "rdp_exact",
    "rdp_bound_prop14")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        if (row.Text("kind") != "sum_of_discrete_gaussians")
        {
            report.CannotCheck(row.Id, "FedMeta draws discrete Gaussian noise, not Skellam");
            return;
        }

        var (shares, variance, shift) = (row.Whole("n"), row.Number("sigma2_each"), row.Number("shift"));
        report.Relative(row.Id, "tau", DistributedDiscreteGaussian.Tau(shares, variance), row.Number("tau"), 1e-9);
        var bound = DistributedDiscreteGaussian.Rdp(row.Number("order"), shares, variance, shift, shift,
            row.Whole("dim"));
        report.Relative(row.Id, "rdp_bound_prop14", bound, row.Number("rdp_bound_prop14"), 1e-9);
        report.Within(row.Id, "rdp_exact", row.Number("rdp_exact"), 0, bound * (1 + 1e-12));
        report.Within(row.Id, "max_abs_log_ratio_to_dgauss_within_10sd",
            row.Number("max_abs_log_ratio_to_dgauss_within_10sd"), 0,
            DistributedDiscreteGaussian.Tau(shares, variance) / 2 * (1 + 1e-9));
    }

    protected override string? ReasonFor(string column) => column switch
    {
        "half_tau" => "half of a column that is compared",
        "rdp_plain_gaussian" => "the same without the correction",
        _ => null,
    };
}
