using System.Text.Json;

namespace FedMeta.Simulation.Check;

/// <summary>A file of reference values that others computed, as it was read.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">File name without folder and extension: half of how its format is recognised.</param>
/// <param name="Root">The whole document; the other half of how its format is recognised.</param>
internal sealed record OracleFile(string Path, string Name, JsonElement Root)
{
    /// <summary>Reads the file, or says why it cannot be read as JSON with an object at its root.</summary>
    public static (OracleFile? File, string? Problem) Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object
                ? (new OracleFile(path, System.IO.Path.GetFileNameWithoutExtension(path), root), null)
                : (null, "the document is not a JSON object");
        }
        catch (JsonException e)
        {
            return (null, $"not JSON: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
    }

    public bool Has(params ReadOnlySpan<string> properties)
    {
        foreach (var property in properties)
        {
            if (!Root.TryGetProperty(property, out _)) return false;
        }

        return true;
    }

    /// <summary>Whether the document's <c>columns</c> name all of these.</summary>
    public bool HasColumns(params ReadOnlySpan<string> columns)
    {
        if (!Root.TryGetProperty("columns", out var listed) || listed.ValueKind != JsonValueKind.Array) return false;
        var names = listed.EnumerateArray().Select(c => c.ToString()).ToHashSet();
        foreach (var column in columns)
        {
            if (!names.Contains(column)) return false;
        }

        return true;
    }
}
