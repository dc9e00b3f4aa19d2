using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Robust;

/// <summary>One run by round; round 0 is the initial model.</summary>
internal sealed record RobustCurve(
    [property: JsonPropertyName("run")] string Name,
    [property: JsonPropertyName("paused")] bool Paused,
    [property: JsonPropertyName("rounds")] IReadOnlyList<RobustPoint> Points)
{
    /// <summary>The last round.</summary>
    [JsonIgnore]
    public RobustPoint Final => Points[^1];

    /// <summary>Rounds that changed no model.</summary>
    [JsonPropertyName("rolled_back")]
    public int RolledBack => Points.Count(p => p.Round > 0 && p.Outcome != "completed");
}
