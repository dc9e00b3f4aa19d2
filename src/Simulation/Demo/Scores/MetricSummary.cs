using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>A metric over the hospitals where it is defined.</summary>
internal sealed record MetricSummary(
    [property: JsonPropertyName("macro_mean")] double? MacroMean,
    [property: JsonPropertyName("hospitals")] int Hospitals,
    [property: JsonPropertyName("worst")] double? Worst,
    [property: JsonPropertyName("worst_hospital")] string? WorstHospital,
    [property: JsonPropertyName("spread")] double? Spread)
{
    /// <param name="values">Hospital and value; null where undefined there.</param>
    /// <param name="highIsGood">Which end is the worst.</param>
    public static MetricSummary Of(IReadOnlyList<(string Hospital, double? Value)> values, bool highIsGood)
    {
        var defined = values.Where(v => v.Value is not null).Select(v => (v.Hospital, Value: v.Value!.Value)).ToList();
        if (defined.Count == 0) return new MetricSummary(null, 0, null, null, null);
        var mean = defined.Average(v => v.Value);
        var worst = highIsGood ? defined.MinBy(v => v.Value) : defined.MaxBy(v => v.Value);
        double? spread = defined.Count > 1
            ? Math.Sqrt(defined.Sum(v => (v.Value - mean) * (v.Value - mean)) / (defined.Count - 1)) : null;
        return new MetricSummary(mean, defined.Count, worst.Value, worst.Hospital, spread);
    }
}
