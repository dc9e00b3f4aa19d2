using System.Text.Json.Serialization;
using FedMeta.Learning;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>A metric over the hospitals where it is defined: <see cref="AcrossSites"/> as evaluation.json says
/// it.</summary>
internal sealed record MetricSummary(
    [property: JsonPropertyName("macro_mean")] double? MacroMean,
    [property: JsonPropertyName("hospitals")] int Hospitals,
    [property: JsonPropertyName("worst")] double? Worst,
    [property: JsonPropertyName("worst_hospital")] string? WorstHospital,
    [property: JsonPropertyName("spread")] double? Spread)
{
    /// <param name="measure">Which, and so which end is the worst.</param>
    /// <param name="values">Hospital and value; null where undefined there.</param>
    public static MetricSummary Of(Measure measure, IReadOnlyList<(string Hospital, double? Value)> values)
    {
        var over = AcrossSites.Of(measure, [.. values.Select(v => (v.Hospital, v.Value))]);
        return new MetricSummary(over.Mean, over.Sites, over.Worst, over.WorstSite, over.Spread);
    }
}
