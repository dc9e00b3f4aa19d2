using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>Epsilon of composed Gaussian rounds: exact, numerically, by Renyi orders, and by the basic bound.</summary>
internal sealed class GaussianEpsilonFile()
    : TableFormat("gaussian_eps", "noise_multiplier", "rounds", "delta", "eps_exact", "eps_analytic_double")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var (z, rounds, delta) = (row.Number("noise_multiplier"), row.Whole("rounds"), row.Number("delta"));
        var mu = Gaussian.Compose(Enumerable.Repeat(z, rounds));
        var epsilon = Gaussian.Epsilon(mu, delta);
        report.Relative(row.Id, "mu_gdp", mu, row.Number("mu_gdp"), 1e-9);
        report.Relative(row.Id, "eps_exact", epsilon, row.Number("eps_exact"), 1e-9);
        report.Relative(row.Id, "eps_analytic_double", epsilon, row.Number("eps_analytic_double"), 1e-9);
        var numerical = NumericalEpsilon.Rounds(1, z, rounds).Epsilon(delta);
        if (row.Has("eps_pld_pessimistic"))
            report.Within(row.Id, "eps_pld_pessimistic", numerical, row.Number("eps_exact"),
                row.Number("eps_pld_pessimistic") + NumericalEpsilon.Above);
        if (row.Has("eps_pld_optimistic_buckets"))
            report.Within(row.Id, "eps_pld_optimistic_buckets", numerical, row.Number("eps_pld_optimistic_buckets"),
                epsilon + NumericalEpsilon.Above);
        var rho = row.Number("rho_zcdp");
        report.Relative(row.Id, "rho_zcdp", mu * mu / 2, rho, 1e-9);
        report.Relative(row.Id, "eps_zcdp_basic", ZeroConcentratedDp.BasicEpsilon(rho, delta),
            row.Number("eps_zcdp_basic"), 1e-9);
        var curve = RenyiCurve.Of(RenyiOrders.Usual, order => rounds * RenyiDp.Gaussian(order, z));
        var best = curve.BestEpsilon(delta);
        report.Relative(row.Id, "eps_rdp", best.Value, row.Number("eps_rdp"), 1e-9);
        report.Relative(row.Id, "rdp_order", best.Order, row.Number("rdp_order"), 0);
    }
}
