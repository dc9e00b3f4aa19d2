using System.Text.Json;

namespace FedMeta.Simulation.Check;

/// <summary>
/// One kind of oracle file: how it is recognised, what its rows are, and what of ours must give the same values.
/// </summary>
internal abstract class OracleFormat
{
    private static readonly string[] Descriptions = ["source", "columns", "notes", "doc", "name"];

    /// <summary>Recognises by file name or by columns, never by folder.</summary>
    public abstract bool Recognises(OracleFile file);

    /// <summary>Top-level properties that rows take their arguments from, and that are no rows themselves.</summary>
    protected virtual IReadOnlyCollection<string> Inputs => [];

    /// <summary>
    /// Every row that the file holds: each element of each table, and each other value of the top level. The runner
    /// holds the
    /// report against this list, so that no row is lost on the way.
    /// </summary>
    public virtual IEnumerable<string> RowsOf(OracleFile file)
    {
        foreach (var property in file.Root.EnumerateObject())
        {
            if (Descriptions.Contains(property.Name) || Inputs.Contains(property.Name) || IsCount(property)) continue;
            if (!IsTable(property.Value))
            {
                yield return property.Name;
                continue;
            }

            for (var i = 0; i < property.Value.GetArrayLength(); i++) yield return $"{property.Name}[{i}]";
        }
    }

    /// <summary>Goes through the rows. Each ends as checked or, with a reason, as one that cannot be checked.</summary>
    public abstract void Check(OracleFile file, CheckReport report);

    /// <summary>Runs the check of one row; a row that cannot even be read has failed.</summary>
    protected static void Guarded(CheckReport report, string row, Action check)
    {
        try
        {
            check();
        }
        catch (Exception e) when (
            e is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException
            or IndexOutOfRangeException or OverflowException)
        {
            report.Fail(row, "row", "cannot be computed", "a row of this format", e.Message);
        }
    }

    private static bool IsCount(JsonProperty property) =>
        property.Name.EndsWith("row_count", StringComparison.Ordinal)
            && property.Value.ValueKind == JsonValueKind.Number;

    private static bool IsTable(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            && value[0].ValueKind == JsonValueKind.Object;
}
