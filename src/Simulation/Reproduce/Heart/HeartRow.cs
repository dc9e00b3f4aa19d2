using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>One method over all runs.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Macro">The mean over hospitals.</param>
/// <param name="Sites">Every hospital alone, in their order.</param>
internal sealed record HeartRow(
    [property: JsonPropertyName("method")] string Method,
    [property: JsonPropertyName("macro")] ScoreSpread Macro,
    [property: JsonPropertyName("hospitals")] ScoreSpread[] Sites);
