using System.Globalization;
using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>From a Renyi curve to epsilon or delta, improved and basic.</summary>
internal sealed class RdpConversionFile()
    : TableFormat("rdp_conversion", "curve", "given", "eps_improved_CKS", "eps_basic_Mironov")
{
    private readonly SampledCurves _curves = new();

    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var curve = row.Text("curve");
        var byDelta = row.Text("given") == "delta";
        var given = row.Number(row.Text("given"));
        Compare(row, curve, byDelta ? "eps_improved_CKS" : "delta_improved_CKS", "order_CKS",
            c => byDelta ? c.Epsilon(given) : c.Delta(given), report);
        Compare(row, curve, byDelta ? "eps_basic_Mironov" : "delta_basic_Mironov", "order_basic",
            c => byDelta ? c.BasicEpsilon(given) : c.BasicDelta(given), report);
    }

    private void Compare(
        OracleRow row, string name, string column, string orderColumn, Func<RenyiCurve, double> convert,
            CheckReport report)
    {
        var (q, z, rounds) = (Parameter(name, "q", 1), Parameter(name, "z", 0), (int)Parameter(name, "T", 1));
        var (theirs, order) = (row.Number(column), row.Number(orderColumn));
        var best = convert(_curves.Of(q, z, rounds));
        if (q == 1)
        {
            report.Relative(row.Id, column, best, theirs, 1e-9);
            return;
        }

        // At fractional orders of sampled rounds theirs is an upper bound of the divergence.
        report.Within(row.Id, column + ", sampled rounds", best, 0, theirs * (1 + 1e-9));
        if (order == Math.Floor(order))
            report.Relative(row.Id, column + " at their "
                + "order", convert(SampledCurves.At([order], q, z).Repeated(rounds)), theirs, 1e-9);
    }

    private static double Parameter(string curve, string key, double otherwise) =>
        curve.Split(' ').Where(part => part.StartsWith(key + "=", StringComparison.Ordinal))
            .Select(part => double.Parse(part[(key.Length + 1)..], CultureInfo.InvariantCulture))
            .DefaultIfEmpty(otherwise).Single();
}
