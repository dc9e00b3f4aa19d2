using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>
/// rho to epsilon, rho to delta, and the largest rho for both, each with the improved and the basic bound.
/// </summary>
internal sealed class ZcdpConversionFile() : TableFormat("zcdp_conversion", "rho", "delta", "eps_improved", "eps_basic")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        switch (row.Table)
        {
            case "rows":
                var (rho, delta) = (row.Number("rho"), row.Number("delta"));
                report.Relative(row.Id, "eps_improved", ZeroConcentratedDp.Epsilon(rho, delta),
                    row.Number("eps_improved"), 1e-9);
                var mu = Math.Sqrt(2 * rho);
                if (row.Has("eps_if_exactly_gaussian"))
                    report.Relative(row.Id, "eps_if_exactly_gaussian", Gaussian.Epsilon(mu, delta),
                        row.Number("eps_if_exactly_gaussian"), 1e-9);
                if (row.Has("sigma_over_sensitivity"))
                    report.Relative(row.Id, "sigma_over_sensitivity", 1 / mu, row.Number("sigma_over_sensitivity"),
                        1e-9);
                report.Relative(row.Id, "eps_basic", ZeroConcentratedDp.BasicEpsilon(rho, delta),
                    row.Number("eps_basic"), 1e-9);
                break;
            case "delta_given_eps":
                var epsilon = row.Number("eps");
                rho = row.Number("rho");
                report.Relative(row.Id, "delta_improved", ZeroConcentratedDp.Delta(rho, epsilon),
                    row.Number("delta_improved"), 1e-9);
                var gaussian = Gaussian.Delta(Math.Sqrt(2 * rho), epsilon);
                report.Relative(row.Id, "delta_continuous_gaussian", gaussian, row.Number("delta_continuous_gaussian"),
                    1e-9);
                report.Relative(row.Id, "delta_discrete_gaussian", DiscreteGaussianLaw.Delta(1 / (2 * rho), 1, epsilon),
                    row.Number("delta_discrete_gaussian"), 1e-9);
                report.Relative(row.Id, "delta_basic", ZeroConcentratedDp.BasicDelta(rho, epsilon),
                    row.Number("delta_basic"), 1e-9);
                break;
            case "rho_given_eps_delta":
                var largest = ZeroConcentratedDp.LargestRho(row.Number("eps"), row.Number("delta")).ToDouble();
                report.Relative(row.Id, "rho", largest, row.Number("rho"), 1e-9);
                break;
            default:
                report.CannotCheck(row.Id, "a table that this format does not know");
                break;
        }
    }
}
