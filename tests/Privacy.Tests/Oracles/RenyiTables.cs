using System.Globalization;
using System.Text.Json;
using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Oracles;

/// <summary>rdp_orders.json, rdp_conversion.json, heterogeneous_composition.json,
/// subsampled_gaussian_eps.json.</summary>
public class RenyiTables
{
    [SharedFact("oracles/dp/rdp_orders.json")]
    public void The_divergence_at_every_order_agrees_with_quadrature()
    {
        var rows = OracleFile.Rows("rdp_orders.json").Where(row =>
            !row.Text("kind").StartsWith("fixed", StringComparison.Ordinal));
        foreach (var row in rows)
        {
            var (q, z, order) = (row.Number("q"), row.Number("noise_multiplier"), row.Number("order"));
            var value = RenyiDp.PoissonSubsampledGaussian(order, q, z);
            OracleFile.AssertClose(row.Number("rdp_exact_quadrature"), value, 1e-9, $"{row}");
            if (order == Math.Floor(order))
                OracleFile.AssertClose(row.Number("rdp_dp_accounting"), value, 1e-9, $"{row}");
        }
    }

    [SharedFact("oracles/dp/rdp_conversion.json")]
    public void Every_conversion_agrees_or_is_tighter_where_the_reference_is_an_upper_bound()
    {
        var curves = new Dictionary<string, RenyiCurve>();
        foreach (var row in OracleFile.Rows("rdp_conversion.json"))
        {
            var name = row.Text("curve");
            var given = row.Number(row.Text("given"));
            if (!curves.TryGetValue(name, out var usual)) curves[name] = usual = Curve(name, RenyiOrders.Usual);
            var byDelta = row.Text("given") == "delta";
            Check("order_CKS", byDelta ? "eps_improved_CKS" : "delta_improved_CKS", (curve, x) =>
                byDelta ? curve.Epsilon(x) : curve.Delta(x));
            Check("order_basic", byDelta ? "eps_basic_Mironov" : "delta_basic_Mironov", (curve, x) =>
                byDelta ? curve.BasicEpsilon(x) : curve.BasicDelta(x));

            void Check(string orderColumn, string column, Func<RenyiCurve, double, double> convert)
            {
                var expected = row.Number(column);
                var order = row.Number(orderColumn);
                var best = convert(usual, given);

                // At fractional orders of sampled mechanisms the reference sums absolute values: an upper bound.
                Assert.True(best <= expected * (1 + 1e-9), $"{row}: {best}");
                if (name.StartsWith("gaussian", StringComparison.Ordinal))
                    OracleFile.AssertClose(expected, best, 1e-9, $"{row}");
                else if (order == Math.Floor(order))
                    OracleFile.AssertClose(expected, convert(Curve(name, [order]), given), 1e-9, $"{row}");
            }
        }
    }

    [SharedFact("oracles/dp/heterogeneous_composition.json")]
    public void Mixed_schedules_lie_between_the_numerical_and_the_reference_renyi_epsilon()
    {
        foreach (var row in OracleFile.Rows("heterogeneous_composition.json"))
        {
            var curve = RenyiCurve.Of(RenyiOrders.Usual, _ => 0);
            var soundness = 1.0;
            foreach (var e in row.GetProperty("events").EnumerateArray().Select(e => e.EnumerateArray().ToArray()))
            {
                curve = curve.With(Event(e));
                if (e[0].GetString() == "e") soundness *= Math.Pow(1 - e[2].GetDouble(), e[3].GetInt32());
            }

            // With probability 1 - soundness some release fails outright; what remains of delta is for the rest.
            var epsilon = curve.Epsilon((row.Number("delta") - (1 - soundness)) / soundness);
            Assert.True(epsilon <= row.Number("eps_rdp") * (1 + 1e-9), $"{row}: {epsilon}");
            Assert.True(epsilon >= row.Number("eps_pld") - 2e-3, $"{row}: {epsilon}");
            if (row.Text("name") is "three Gaussians" or "plus eps-delta release")
                OracleFile.AssertClose(row.Number("eps_rdp"), epsilon, 1e-9, $"{row}");
        }
    }

    [SharedFact("oracles/dp/subsampled_gaussian_eps.json")]
    public void Sampled_rounds_lie_between_the_numerical_and_the_reference_renyi_epsilon()
    {
        foreach (var group in OracleFile.Rows("subsampled_gaussian_eps.json").GroupBy(
            row => (Q: row.Number("q"), Z: row.Number("noise_multiplier"))))
        {
            var one = RenyiCurve.Of(
                RenyiOrders.Usual, order => RenyiDp.PoissonSubsampledGaussian(order, group.Key.Q, group.Key.Z));
            foreach (var row in group)
            {
                var epsilon = one.Repeated(row.Whole("rounds")).Epsilon(row.Number("delta"));
                Assert.True(epsilon <= row.Number("eps_rdp") * (1 + 1e-9), $"{row}: {epsilon}");
                if (row.GetProperty("eps_pld").ValueKind == JsonValueKind.Null) continue;
                Assert.True(epsilon >= row.Number("eps_pld") - 2e-3, $"{row}: {epsilon}");
            }
        }
    }

    private static RenyiCurve Event(JsonElement[] e) => e[0].GetString() switch
    {
        "g" => Sampled(RenyiOrders.Usual, 1, e[1].GetDouble(), e[2].GetInt32()),
        "s" => Sampled(RenyiOrders.Usual, e[1].GetDouble(), e[2].GetDouble(), e[3].GetInt32()),
        "e" => RenyiCurve.Of(RenyiOrders.Usual, order =>
            RenyiDp.PureDp(order, e[1].GetDouble())).Repeated(e[3].GetInt32()),
        var kind => throw new InvalidOperationException($"unknown event {kind}"),
    };

    private static RenyiCurve Curve(string name, IReadOnlyList<double> orders)
    {
        double Value(string key, double otherwise) => name.Split(' ')
            .Where(part => part.StartsWith(key + "=", StringComparison.Ordinal))
            .Select(part => double.Parse(part[(key.Length + 1)..], CultureInfo.InvariantCulture))
            .DefaultIfEmpty(otherwise).Single();
        return Sampled(orders, Value("q", 1), Value("z", 0), (int)Value("T", 0));
    }

    private static RenyiCurve Sampled(IReadOnlyList<double> orders, double q, double z, int rounds) =>
        RenyiCurve.Of(orders, order => RenyiDp.PoissonSubsampledGaussian(order, q, z)).Repeated(rounds);
}
