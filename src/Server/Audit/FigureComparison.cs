using System.Globalization;
using System.Text.Json;

namespace FedMeta.Server.Audit;

/// <summary>Walks two reports in step and finds the first value that differs; remembers the record that stood nearest
/// before it.</summary>
internal sealed class FigureComparison
{
    // Another machine's logarithms may differ in the last digits; every exact figure is text and compared as such.
    private const double RelativeTolerance = 1e-9;

    /// <summary>Values that were compared.</summary>
    public int Compared { get; private set; }

    /// <summary>The journal record that the differing line of the report names; 0 if it names none.</summary>
    public long Record { get; private set; }

    /// <summary>Where and how the reports differ, in words; null if they do not.</summary>
    public string? FirstDifference(JsonElement right, JsonElement found, string path)
    {
        if (right.ValueKind != found.ValueKind)
            return $"{path} is {Show(found)}, and the journal gives {Show(right)}";
        switch (right.ValueKind)
        {
            case JsonValueKind.Object:
                Record = RecordOf(right) ?? Record;
                return right.EnumerateObject()
                    .Select(p => found.TryGetProperty(p.Name, out var other)
                        ? FirstDifference(p.Value, other, path.Length == 0 ? p.Name : $"{path}.{p.Name}")
                        : $"{path}.{p.Name} is missing")
                    .FirstOrDefault(d => d is not null);
            case JsonValueKind.Array:
                if (right.GetArrayLength() != found.GetArrayLength())
                    return $"{path} has {found.GetArrayLength()} entries, and the journal gives {right.GetArrayLength()}";
                return right.EnumerateArray().Zip(found.EnumerateArray())
                    .Select((p, i) => FirstDifference(p.First, p.Second, string.Create(CultureInfo.InvariantCulture,
                        $"{path}[{i}]")))
                    .FirstOrDefault(d => d is not null);
            default:
                Compared++;
                return Same(right, found) ? null : $"{path} is {Show(found)}, and the journal gives {Show(right)}";
        }
    }

    private static bool Same(JsonElement right, JsonElement found)
    {
        if (right.ValueKind != JsonValueKind.Number || right.GetRawText() == found.GetRawText())
            return right.GetRawText() == found.GetRawText();
        var (a, b) = (right.GetDouble(), found.GetDouble());
        return Math.Abs(a - b) <= RelativeTolerance * Math.Abs(a);
    }

    private static long? RecordOf(JsonElement line)
    {
        foreach (var name in (string[])["record", "end_record", "last_record", "proposed_record"])
        {
            if (line.TryGetProperty(name, out var record) && record.TryGetInt64(out var number))
                return number;
        }

        return null;
    }

    private static string Show(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 80 ? text : text[..80] + "...";
    }
}
