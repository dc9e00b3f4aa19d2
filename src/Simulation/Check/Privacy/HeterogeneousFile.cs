using System.Text.Json;
using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>
/// Schedules of different releases: by Renyi orders and numerically.
/// </summary>
internal sealed class HeterogeneousFile()
    : TableFormat("heterogeneous_composition", "name", "events", "delta", "eps_rdp", "eps_pld")
{
    private readonly SampledCurves _curves = new();

    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var curve = RenyiCurve.Of(RenyiOrders.Usual, _ => 0);
        var soundness = 1.0;
        foreach (var e in row.Element("events").EnumerateArray().Select(e => e.EnumerateArray().ToArray()))
        {
            curve = curve.With(Event(e));
            if (e[0].GetString() == "e") soundness *= Math.Pow(1 - e[2].GetDouble(), e[3].GetInt32());
        }

        // With probability 1 - soundness some release fails outright; what remains of delta is for the rest.
        var delta = (row.Number("delta") - (1 - soundness)) / soundness;
        var epsilon = curve.Epsilon(delta);
        row.Text("name");
        report.Within(row.Id, "eps_rdp", epsilon, 0, row.Number("eps_rdp") * (1 + 1e-9));
        report.Within(row.Id, "eps_rdp at their order", curve.Only(row.Number("order")).Epsilon(delta), epsilon,
            row.Number("eps_rdp") * (1 + 1e-9));
        NumericalEpsilon.Compare(row.Id, "eps_pld", Numerical(row).Epsilon(row.Number("delta")), row.Number("eps_pld"),
            report);
    }

    private static PrivacyLossDistribution Numerical(OracleRow row)
    {
        var schedule = PrivacyLossDistribution.Nothing();
        foreach (var e in row.Element("events").EnumerateArray())
        {
            schedule = schedule.ComposeWith(e[0].GetString() switch
            {
                "g" => NumericalEpsilon.Rounds(1, e[1].GetDouble(), e[2].GetInt32()),
                "s" => NumericalEpsilon.Rounds(e[1].GetDouble(), e[2].GetDouble(), e[3].GetInt32()),
                _ => PrivacyLossDistribution.ApproximateDp(e[1].GetDouble(), e[2].GetDouble()).Compose(e[3].GetInt32()),
            });
        }

        return schedule;
    }

    private RenyiCurve Event(JsonElement[] e) => e[0].GetString() switch
    {
        "g" => _curves.Of(1, e[1].GetDouble(), e[2].GetInt32()),
        "s" => _curves.Of(e[1].GetDouble(), e[2].GetDouble(), e[3].GetInt32()),
        "e" => RenyiCurve.Of(RenyiOrders.Usual, order => RenyiDp.PureDp(order, e[1].GetDouble()))
            .Repeated(e[3].GetInt32()),
        var kind => throw new FormatException($"unknown event '{kind}'"),
    };
}
