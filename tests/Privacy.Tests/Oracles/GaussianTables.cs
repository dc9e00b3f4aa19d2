using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Oracles;

/// <summary>gaussian_eps.json, gaussian_delta.json, and the exact columns of calibration.json and
/// zcdp_conversion.json.</summary>
public class GaussianTables
{
    [SharedFact("oracles/dp/gaussian_eps.json")]
    public void Epsilon_of_every_row_agrees()
    {
        foreach (var row in OracleFile.Rows("gaussian_eps.json"))
        {
            var (z, rounds, delta) = (row.Number("noise_multiplier"), row.Whole("rounds"), row.Number("delta"));
            var mu = Gaussian.Compose(Enumerable.Repeat(z, rounds));
            OracleFile.AssertClose(row.Number("mu_gdp"), mu, 1e-9, $"{row}");
            OracleFile.AssertClose(row.Number("eps_exact"), Gaussian.Epsilon(mu, delta), 1e-9, $"{row}");
            OracleFile.AssertClose(
                row.Number("eps_zcdp_basic"),
                ZeroConcentratedDp.BasicEpsilon(row.Number("rho_zcdp"), delta),
                1e-9,
                $"{row}");
            var curve = RenyiCurve.Of(RenyiOrders.Usual, order => rounds * RenyiDp.Gaussian(order, z));
            OracleFile.AssertClose(row.Number("eps_rdp"), curve.Epsilon(delta), 1e-9, $"{row}");
        }
    }

    [SharedFact("oracles/dp/gaussian_delta.json")]
    public void Delta_of_every_row_agrees_in_both_scales()
    {
        foreach (var row in OracleFile.Rows("gaussian_delta.json"))
        {
            var (mu, epsilon) = (1 / row.Number("sigma_over_sensitivity"), row.Number("eps"));
            OracleFile.AssertClose(row.Number("log_delta_exact"), Gaussian.LogDelta(mu, epsilon), 1e-9, $"{row}");
            OracleFile.AssertClose(row.Number("delta_exact"), Gaussian.Delta(mu, epsilon), 1e-9, $"{row}");
            var curve = RenyiCurve.Of(RenyiOrders.Usual, order => RenyiDp.Gaussian(order, 1 / mu));
            OracleFile.AssertClose(row.Number("delta_rdp"), curve.Delta(epsilon), 1e-9, $"{row}");
        }
    }

    [SharedFact("oracles/dp/calibration.json")]
    public void The_noise_multiplier_of_full_participation_agrees_and_meets_its_target()
    {
        var rows = OracleFile.Rows("calibration.json").Where(row =>
            row.Text("kind") == "gaussian_full_participation").ToList();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var (epsilon, delta, rounds) = (row.Number("target_eps"), row.Number("target_delta"), row.Whole("rounds"));
            var z = Gaussian.NoiseMultiplier(epsilon, delta, rounds);
            OracleFile.AssertClose(row.Number("noise_multiplier_exact"), z, 1e-9, $"{row}");
            Assert.True(z <= row.Number("noise_multiplier_double") * (1 + 1e-4));
            Assert.True(Gaussian.Epsilon(Math.Sqrt(rounds) / z, delta) <= epsilon * (1 + 1e-12));
        }
    }

    [SharedFact("oracles/dp/neighbouring_relation.json")]
    public void Zero_out_is_the_special_relation_and_replacement_doubles_the_sensitivity()
    {
        foreach (var row in OracleFile.Rows("neighbouring_relation.json"))
        {
            var (z, rounds, delta) = (row.Number("noise_multiplier"), row.Whole("rounds"), row.Number("delta"));
            double Renyi(double noise) =>
                RenyiCurve.Of(RenyiOrders.Usual, order => rounds * RenyiDp.Gaussian(order, noise)).Epsilon(delta);
            OracleFile.AssertClose(row.Number("rdp_REPLACE_SPECIAL"), Renyi(z), 1e-9, $"{row}");
            OracleFile.AssertClose(row.Number("rdp_correct_for_REPLACE_ONE(z/2)"), Renyi(z / 2), 1e-9, $"{row}");
            foreach (var (column, noise) in new[] { ("pld_REPLACE_SPECIAL", z), ("pld_REPLACE_ONE", z / 2) })
            {
                // The reference is an upper bound of the exact value on a grid of 1e-4.
                var exact = Gaussian.Epsilon(Math.Sqrt(rounds) / noise, delta);
                Assert.InRange(row.Number(column), exact - 1e-9, exact + 2e-3);
            }
        }
    }

    [SharedFact("oracles/dp/zcdp_conversion.json")]
    public void The_gaussian_columns_of_the_zcdp_rows_agree()
    {
        foreach (var row in OracleFile.Rows("zcdp_conversion.json"))
        {
            var mu = Math.Sqrt(2 * row.Number("rho"));
            OracleFile.AssertClose(
                row.Number("eps_if_exactly_gaussian"), Gaussian.Epsilon(mu, row.Number("delta")), 1e-9, $"{row}");
            OracleFile.AssertClose(row.Number("sigma_over_sensitivity"), 1 / mu, 1e-9, $"{row}");
        }

        foreach (var row in OracleFile.Rows("zcdp_conversion.json", "delta_given_eps"))
        {
            var (rho, epsilon) = (row.Number("rho"), row.Number("eps"));
            OracleFile.AssertClose(
                row.Number("delta_continuous_gaussian"), Gaussian.Delta(Math.Sqrt(2 * rho), epsilon), 1e-9, $"{row}");
        }
    }
}
