using System.Globalization;
using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Comparing;

/// <summary>A macro metric over runs: mean and sample standard deviation of those runs where it is defined.</summary>
internal sealed record RunSpread(
    [property: JsonPropertyName("mean")] double? Mean,
    [property: JsonPropertyName("standard_deviation")] double? StandardDeviation,
    [property: JsonPropertyName("runs")] int Runs)
{
    public static RunSpread Of(IEnumerable<double?> values)
    {
        var defined = values.OfType<double>().ToList();
        if (defined.Count == 0) return new RunSpread(null, null, 0);
        var mean = defined.Average();
        double? deviation = defined.Count > 1
            ? Math.Sqrt(defined.Sum(v => (v - mean) * (v - mean)) / (defined.Count - 1)) : null;
        return new RunSpread(mean, deviation, defined.Count);
    }

    public override string ToString() => (Mean, StandardDeviation) switch
    {
        (null, _) => "undefined",
        ({ } mean, null) => mean.ToString("0.000", CultureInfo.InvariantCulture),
        ({ } mean, { } deviation) => string.Create(CultureInfo.InvariantCulture, $"{mean:0.000} ± {deviation:0.000}"),
    };
}
