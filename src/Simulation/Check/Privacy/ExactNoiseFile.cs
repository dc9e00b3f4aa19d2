using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>
/// Renyi divergences of exact sums of discrete Gaussians and of Skellam noise: computed again from the laws themselves,
/// and our bound is the published one and never below the truth.
/// </summary>
internal sealed class ExactNoiseFile()
    : TableFormat("distributed_noise_exact_rdp", "kind", "n", "sigma2_each", "shift", "order", "rdp_exact",
    "rdp_bound_prop14")
{
    private readonly Dictionary<(int, double), DiscreteGaussianSum> _sums = [];

    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        switch (row.Text("kind"))
        {
            case "sum_of_discrete_gaussians":
                CheckSum(row, report);
                break;
            case "skellam":
                CheckSkellam(row, report);
                break;
            default:
                report.CannotCheck(row.Id, "a kind of noise that this format does not know");
                break;
        }
    }

    private void CheckSum(OracleRow row, CheckReport report)
    {
        var (shares, variance, shift) = (row.Whole("n"), row.Number("sigma2_each"), row.Whole("shift"));
        var order = row.Number("order");
        var tau = DistributedDiscreteGaussian.Tau(shares, variance);
        report.Relative(row.Id, "tau", tau, row.Number("tau"), 1e-9);
        report.Relative(row.Id, "half_tau", tau / 2, row.Number("half_tau"), 1e-9);
        var bound = DistributedDiscreteGaussian.Rdp(order, shares, variance, shift, shift, row.Whole("dim"));
        report.Relative(row.Id, "rdp_bound_prop14", bound, row.Number("rdp_bound_prop14"), 1e-9);
        report.Relative(row.Id, "rdp_plain_gaussian", RenyiDp.Gaussian(order, Math.Sqrt(shares * variance) / shift),
            row.Number("rdp_plain_gaussian"), 1e-9);

        if (!_sums.TryGetValue((shares, variance), out var sum))
            _sums[(shares, variance)] = sum = new DiscreteGaussianSum(shares, variance);
        CheckExact(row, sum.Divergence(shift, order), bound, report);
        var ratio = sum.LargestLogRatio(10);
        report.Relative(row.Id, "max_abs_log_ratio_to_dgauss_within_10sd", ratio,
            row.Number("max_abs_log_ratio_to_dgauss_within_10sd"), 1e-9);
        report.Within(row.Id, "log ratio at most tau/2", ratio, 0, tau / 2);
    }

    private static void CheckSkellam(OracleRow row, CheckReport report)
    {
        var (variance, shift, order) = (row.Number("sigma2_each"), row.Whole("shift"), row.Whole("order"));
        var bound = Skellam.Rdp(order, variance, shift, shift);
        row.Whole("dim"); // one coordinate in every row
        report.Relative(row.Id, "rdp_bound_prop14", bound, row.Number("rdp_bound_prop14"), 1e-9);
        report.Relative(row.Id, "rdp_plain_gaussian", RenyiDp.Gaussian(order, Math.Sqrt(variance) / shift),
            row.Number("rdp_plain_gaussian"), 1e-9);
        var reach = (int)(200 + (40 * Math.Sqrt(variance)) + (4 * order * shift));
        CheckExact(
            row,
            IntegerNoise.Divergence(x => SkellamLaw.LogProbability(x, variance), reach, shift, order),
            bound,
            report);
    }

    private static void CheckExact(OracleRow row, double exact, double bound, CheckReport report)
    {
        report.Relative(row.Id, "rdp_exact", exact, row.Number("rdp_exact"), 1e-9);

        // The bound holds for the file's own value, to the digits of a floating-point number.
        report.Within(row.Id, "rdp_exact below the bound", row.Number("rdp_exact"), 0, bound * (1 + 1e-12));
    }
}
