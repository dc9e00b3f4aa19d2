using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Bench;

/// <summary>The middle and the greatest of several figures.</summary>
internal sealed record Spread(
    [property: JsonPropertyName("median")] double Median, [property: JsonPropertyName("max")] double Max)
{
    /// <param name="figures">At least one.</param>
    public static Spread Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return new Spread(MedianOf(sorted), sorted[^1]);
    }

    /// <param name="sorted">At least one, ascending.</param>
    private static double MedianOf(double[] sorted) =>
        (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
