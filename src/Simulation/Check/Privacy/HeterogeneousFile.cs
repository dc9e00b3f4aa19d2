using System.Text.Json;
using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>
/// Schedules of different releases: ours lies between the numerical epsilon and the reference's Renyi epsilon.
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
        report.Within(row.Id, "eps_pld", epsilon, row.Number("eps_pld") - 2e-3, double.PositiveInfinity);
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
