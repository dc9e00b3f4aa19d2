using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>evaluation.json.</summary>
internal sealed record EvaluationFile(
    [property: JsonPropertyName("study")] string Study,
    [property: JsonPropertyName("method")] string Method,
    [property: JsonPropertyName("privacy")] string Privacy,
    [property: JsonPropertyName("metrics")] string Metrics,
    [property: JsonPropertyName("summary")] IReadOnlyList<ModelSummary> Summary,
    [property: JsonPropertyName("comparisons")] IReadOnlyList<Comparison> Comparisons,
    [property: JsonPropertyName("hospitals")] IReadOnlyList<SiteScores> Hospitals,
    [property: JsonPropertyName("newcomer")] SiteScores? Newcomer);
