using System.Text.Json;

namespace FedMeta.Simulation.Check;

/// <summary>
/// One row of a table. Remembers which columns were asked for, so that the others can be named as not compared.
/// </summary>
internal sealed class OracleRow(string table, int index, JsonElement row)
{
    private readonly HashSet<string> _read = [];

    public string Table { get; } = table;

    public string Id { get; } = $"{table}[{index}]";

    /// <summary>Columns with a value that nobody asked for.</summary>
    public IEnumerable<string> Unread => row.EnumerateObject()
        .Where(p => p.Value.ValueKind != JsonValueKind.Null && !_read.Contains(p.Name)).Select(p => p.Name);

    /// <summary>Whether the column is there and holds a value.</summary>
    public bool Has(string column) =>
        row.TryGetProperty(column, out var value) && value.ValueKind != JsonValueKind.Null;

    public JsonElement Element(string column)
    {
        _read.Add(column);
        return row.TryGetProperty(column, out var value)
            ? value
            : throw new KeyNotFoundException($"the row has no column '{column}'");
    }

    /// <summary>A number, also where it stands as a decimal string or as a fraction like 25/4.</summary>
    public double Number(string column) => Element(column).AsNumber();

    public int Whole(string column) => Element(column).GetInt32();

    public string Text(string column) =>
        Element(column).GetString() ?? throw new FormatException($"'{column}' is null");

    public bool Flag(string column) => Element(column).GetBoolean();

    public double[] Vector(string column) => Element(column).AsVector();
}
