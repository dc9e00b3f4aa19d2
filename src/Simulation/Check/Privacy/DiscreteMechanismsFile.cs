using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>Rounds of integer noise on one number: numerically, by Renyi orders, and in zCDP.</summary>
internal sealed class DiscreteMechanismsFile()
    : TableFormat("discrete_mechanisms_pld", "kind", "sensitivity", "rounds", "eps_pld", "eps_rdp", "rho_zcdp")
{
    // Theirs rounds each loss of Skellam noise up to the grid, so it may be a grid step a round above the truth.
    private const double Grid = 1e-4;

    private static readonly double[] SkellamOrders = [.. Enumerable.Range(2, 127).Select(order => (double)order), 256];

    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var (sensitivity, rounds, delta) = (row.Whole("sensitivity"), row.Whole("rounds"), row.Number("delta"));
        var theirs = row.Number("eps_pld");
        if (row.Text("kind") == "skellam")
        {
            var variance = row.Number("variance");
            var skellam = PrivacyLossDistribution.Skellam(variance, sensitivity).Compose(rounds).Epsilon(delta);
            report.Within(row.Id, "eps_pld", skellam, theirs - (rounds * Grid), theirs + NumericalEpsilon.Above);
            var curve = RenyiCurve.Of(
                SkellamOrders, order => rounds * Skellam.Rdp((int)order, variance, sensitivity, sensitivity));
            report.Relative(row.Id, "eps_rdp", curve.Epsilon(delta), row.Number("eps_rdp"), 1e-9);
            return;
        }

        var sigma = row.Number("sigma");
        var schedule = PrivacyLossDistribution.DiscreteGaussian(sigma * sigma, sensitivity).Compose(rounds);
        NumericalEpsilon.Compare(row.Id, "eps_pld", schedule.Epsilon(delta), theirs, report);
        var rho = rounds * sensitivity * sensitivity / (2 * sigma * sigma);
        report.Relative(row.Id, "rho_zcdp", rho, row.Number("rho_zcdp"), 1e-9);
        var gaussian = RenyiCurve.Of(RenyiOrders.Usual, order => rounds * RenyiDp.Gaussian(order, sigma / sensitivity));
        report.Relative(row.Id, "eps_rdp", gaussian.Epsilon(delta), row.Number("eps_rdp"), 1e-9);
    }
}
