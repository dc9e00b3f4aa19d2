using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Demo;

/// <summary>summary.json: what happened, when, and where it lies.</summary>
internal sealed record DemoSummary
{
    [JsonPropertyName("study")]
    public required string Study { get; init; }

    [JsonPropertyName("study_hash")]
    public required string StudyHash { get; init; }

    /// <summary>completed, partial or stopped.</summary>
    [JsonPropertyName("state")]
    public required string State { get; init; }

    [JsonPropertyName("rounds_completed")]
    public required int RoundsCompleted { get; init; }

    [JsonPropertyName("rounds_planned")]
    public required int RoundsPlanned { get; init; }

    [JsonPropertyName("epsilon_spent")]
    public required double EpsilonSpent { get; init; }

    [JsonPropertyName("epsilon_granted")]
    public required double EpsilonGranted { get; init; }

    [JsonPropertyName("delta")]
    public required double Delta { get; init; }

    [JsonPropertyName("data")]
    public required string Data { get; init; }

    [JsonPropertyName("hospitals")]
    public required IReadOnlyList<string> Hospitals { get; init; }

    /// <summary>
    /// Floors that the hospitals' policies lowered so that a small consortium can run at all; empty: none.
    /// </summary>
    [JsonPropertyName("lowered_floors")]
    public required IReadOnlyList<string> LoweredFloors { get; init; }

    [JsonPropertyName("outage")]
    public required OutageFacts? Outage { get; init; }

    [JsonPropertyName("newcomer")]
    public required string? Newcomer { get; init; }

    [JsonPropertyName("audit")]
    public required string Audit { get; init; }

    [JsonPropertyName("seconds")]
    public required IReadOnlyDictionary<string, double> Seconds { get; init; }

    /// <summary>What lies in the folder, relative to it.</summary>
    [JsonPropertyName("files")]
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>See <see cref="Outage"/>.</summary>
    internal sealed record OutageFacts(
        [property: JsonPropertyName("hospital")] string Hospital,
        [property: JsonPropertyName("killed_in_round")] int KilledInRound,
        [property: JsonPropertyName("killed_in_phase")] string KilledInPhase,
        [property: JsonPropertyName("started_again_after_round")] int? StartedAgainAfterRound);
}
