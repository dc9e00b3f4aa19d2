using System.Globalization;
using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Reproduce.Tables;

/// <summary>A figure over runs: mean and sample standard deviation of the runs where it is defined.</summary>
internal readonly record struct MeanAndSpread(
    [property: JsonPropertyName("mean")] double? Mean,
    [property: JsonPropertyName("standard_deviation")] double? Deviation,
    [property: JsonPropertyName("runs")] int Runs)
{
    /// <summary>Over runs; null where a run has no such figure.</summary>
    public static MeanAndSpread Of(IEnumerable<double?> values)
    {
        var defined = values.OfType<double>().ToList();
        if (defined.Count == 0) return default;
        var mean = defined.Average();
        double? deviation = defined.Count > 1
            ? Math.Sqrt(defined.Sum(v => (v - mean) * (v - mean)) / (defined.Count - 1)) : null;
        return new MeanAndSpread(mean, deviation, defined.Count);
    }

    /// <summary>For example <c>0.815 ± 0.009</c>, or a dash where no run has the figure.</summary>
    public override string ToString() => (Mean, Deviation) switch
    {
        (null, _) => "-",
        ({ } mean, null) => mean.ToString("0.000", CultureInfo.InvariantCulture),
        ({ } mean, { } deviation) => string.Create(CultureInfo.InvariantCulture, $"{mean:0.000} ± {deviation:0.000}"),
    };
}
