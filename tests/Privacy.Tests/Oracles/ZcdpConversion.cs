using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Oracles;

/// <summary>zcdp_conversion.json, the columns that are conversions of rho.</summary>
public class ZcdpConversion
{
    [SharedFact("oracles/dp/zcdp_conversion.json")]
    public void Epsilon_of_every_row_agrees()
    {
        foreach (var row in OracleFile.Rows("zcdp_conversion.json"))
        {
            var (rho, delta) = (row.Number("rho"), row.Number("delta"));
            OracleFile.AssertClose(row.Number("eps_improved"), ZeroConcentratedDp.Epsilon(rho, delta), 1e-9, $"{row}");
            OracleFile.AssertClose(
                row.Number("eps_basic"), ZeroConcentratedDp.BasicEpsilon(rho, delta), 1e-9, $"{row}");
        }
    }

    [SharedFact("oracles/dp/zcdp_conversion.json")]
    public void Delta_of_every_row_agrees()
    {
        foreach (var row in OracleFile.Rows("zcdp_conversion.json", "delta_given_eps"))
        {
            var (rho, epsilon) = (row.Number("rho"), row.Number("eps"));
            OracleFile.AssertClose(
                row.Number("delta_improved"), ZeroConcentratedDp.Delta(rho, epsilon), 1e-9, $"{row}");
            OracleFile.AssertClose(
                row.Number("delta_basic"), ZeroConcentratedDp.BasicDelta(rho, epsilon), 1e-9, $"{row}");
        }
    }

    [SharedFact("oracles/dp/zcdp_conversion.json")]
    public void Delta_of_one_discrete_gaussian_agrees()
    {
        foreach (var row in OracleFile.Rows("zcdp_conversion.json", "delta_given_eps"))
        {
            var delta = DiscreteGaussianLaw.Delta(1 / (2 * row.Number("rho")), 1, row.Number("eps"));
            OracleFile.AssertClose(row.Number("delta_discrete_gaussian"), delta, 1e-9, $"{row}");
        }
    }

    [SharedFact("oracles/dp/zcdp_conversion.json")]
    public void The_largest_rho_of_every_row_agrees_and_is_never_larger()
    {
        foreach (var row in OracleFile.Rows("zcdp_conversion.json", "rho_given_eps_delta"))
        {
            var rho = ZeroConcentratedDp.LargestRho(row.Number("eps"), row.Number("delta")).ToDouble();
            OracleFile.AssertClose(row.Number("rho"), rho, 1e-9, $"{row}");
            Assert.True(ZeroConcentratedDp.Epsilon(rho, row.Number("delta")) <= row.Number("eps") * (1 + 1e-12));
        }
    }
}
