using System.Text.Json;
using System.Text.Json.Nodes;

namespace FedMeta.Simulation.Check;

/// <summary>What a script reads; complete, where the text is cut.</summary>
internal static class CheckJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(IReadOnlyList<CheckReport> reports) => new JsonObject
    {
        ["passed"] = reports.All(r => r.Passed),
        ["files"] = new JsonArray([.. reports.Select(Of)]),
    }.ToJsonString(Indented);

    private static JsonObject Of(CheckReport report) => new()
    {
        ["path"] = report.Path,
        ["format"] = report.Format,
        ["passed"] = report.Passed,
        ["rows_checked"] = report.RowsChecked,
        ["rows_not_checked"] = report.RowsNotChecked,
        ["columns"] = new JsonArray([.. report.Columns.Select(c => new JsonObject
        {
            ["column"] = c.Column,
            ["compared"] = c.Compared,
            ["failed"] = c.Failed,
            ["worst"] = Number(c.Worst),
            ["tolerance"] = Number(c.Tolerance),
            ["measure"] = c.Measure,
            ["worst_row"] = c.WorstRow,
        })]),
        ["not_checked"] = Groups(report.Unchecked),
        ["columns_not_compared"] = Groups(report.ColumnsNotChecked),
        ["failures"] = new JsonArray([.. report.Failures.Select(f => new JsonObject
        {
            ["row"] = f.Row, ["column"] = f.Column, ["ours"] = f.Ours, ["theirs"] = f.Theirs, ["why"] = f.Why,
        })]),
    };

    private static JsonArray Groups(IReadOnlyDictionary<string, List<string>> groups) =>
        new([.. groups.Select(g => new JsonObject
    {
        ["reason"] = g.Key,
        ["count"] = g.Value.Count,
        ["names"] = new JsonArray([.. g.Value.Select(n => JsonValue.Create(n))]),
    })]);

    // JSON has no infinity; a worst deviation may be one.
    private static JsonNode Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString("R", null));
}
