using System.Globalization;
using System.Text.Json;

namespace FedMeta.Simulation.Check;

/// <summary>Numbers as oracle files write them.</summary>
internal static class JsonNumbers
{
    /// <summary>A JSON number, a decimal string, a fraction "25/4", or "Infinity" and "-Infinity".</summary>
    public static double AsNumber(this JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return value.GetDouble();
        var text = value.GetString()!;
        return text.Split('/') is [var numerator, var denominator] ? Parse(numerator) / Parse(denominator)
            : Parse(text);
    }

    public static double[] AsVector(this JsonElement value) => [.. value.EnumerateArray().Select(AsNumber)];

    public static double Number(this JsonElement value, string property) => Property(value, property).AsNumber();

    public static double[] Vector(this JsonElement value, string property) => Property(value, property).AsVector();

    public static JsonElement Property(this JsonElement value, string property) =>
        value.TryGetProperty(property, out var found) ? found
            : throw new KeyNotFoundException($"'{property}' is not there");

    private static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
