using System.Text.Json.Serialization;
using FedMeta.Simulation.Reproduce.Training;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>What an algorithm's runs sent and learned: norms that a clip norm is chosen by, and inner rates.</summary>
internal sealed record LearnedVectors(
    [property: JsonPropertyName("algorithm")] string Algorithm,
    [property: JsonPropertyName("settings")] string Settings,
    [property: JsonPropertyName("norm_median")] double Median,
    [property: JsonPropertyName("norm_p95")] double NinetyFive,
    [property: JsonPropertyName("norm_largest")] double Largest,
    [property: JsonPropertyName("mean_weight_rate")] double MeanWeightRate,
    [property: JsonPropertyName("largest_weight_rate")] double LargestWeightRate,
    [property: JsonPropertyName("bias_rate")] double BiasRate)
{
    /// <summary>Over the runs of one algorithm; the rates are means over the runs, the last bias apart.</summary>
    public static LearnedVectors Of(string algorithm, string settings, IReadOnlyCollection<FederatedModel> runs)
    {
        double[] norms = [.. runs.SelectMany(r => r.Norms).Order()];
        return new LearnedVectors(algorithm, settings, At(0.5), At(0.95), norms[^1],
            runs.Average(r => r.Rates[..^1].Average()), runs.Average(r => r.Rates[..^1].Max()),
            runs.Average(r => r.Rates[^1]));

        double At(double share) => norms[(int)(share * (norms.Length - 1))];
    }
}
