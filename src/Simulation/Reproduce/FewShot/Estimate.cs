using System.Globalization;
using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Reproduce.FewShot;

/// <summary>A figure over test tasks.</summary>
/// <param name="Mean">Over all tasks; null where a task's figure is not finite.</param>
/// <param name="HalfWidth">Of the 95 % interval of the mean, 1.96 standard errors; null where there is no
/// mean.</param>
/// <param name="Median">Over all tasks.</param>
/// <param name="Diverged">Tasks whose figure is not finite or above the bound.</param>
/// <param name="Tasks">How many tasks.</param>
internal sealed record Estimate(
    [property: JsonPropertyName("mean")] double? Mean,
    [property: JsonPropertyName("half_width_95")] double? HalfWidth,
    [property: JsonPropertyName("median")] double? Median,
    [property: JsonPropertyName("diverged")] int Diverged,
    [property: JsonPropertyName("tasks")] int Tasks)
{
    /// <summary>Over at least two tasks.</summary>
    public static Estimate Of(IReadOnlyCollection<double> figures, double divergedAbove = double.PositiveInfinity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(figures.Count, 2);
        var sorted = figures.Select(x => double.IsNaN(x) ? double.PositiveInfinity : x).Order().ToArray();
        var n = sorted.Length;
        var median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        var diverged = sorted.Count(x => !double.IsFinite(x) || x > divergedAbove);
        double? middle = double.IsFinite(median) ? median : null;
        if (!double.IsFinite(sorted[^1])) return new Estimate(null, null, middle, diverged, n);
        var mean = sorted.Average();
        var variance = sorted.Sum(x => (x - mean) * (x - mean)) / (n - 1);
        return new Estimate(mean, 1.96 * Math.Sqrt(variance / n), middle, diverged, n);
    }

    /// <summary>For example <c>0.105 ± 0.008 (0.047)</c>, the median in brackets.</summary>
    public string WithMedian(string format) =>
        $"{ToString(format)} ({(Median is { } median ? Figure(median, format) : "-")})";

    /// <summary>For example <c>0.105 ± 0.008</c>; with a power of ten from 1000 on.</summary>
    public string ToString(string format) => Mean is { } mean && HalfWidth is { } half
        ? $"{Figure(mean, format)} ± {Figure(half, format)}"
        : "not finite";

    private static string Figure(double value, string format) =>
        value.ToString(value < 1000 ? format : "0.0e+00", CultureInfo.InvariantCulture);
}
