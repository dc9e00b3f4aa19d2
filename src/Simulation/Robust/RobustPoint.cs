using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Robust;

/// <summary>The model after a round, on all hospitals' held-out patients.</summary>
internal sealed record RobustPoint(
    [property: JsonPropertyName("round")] int Round,
    [property: JsonPropertyName("outcome")] string Outcome,
    [property: JsonPropertyName("groups_left_out")] int GroupsLeftOut,
    [property: JsonPropertyName("accuracy")] double Accuracy,
    [property: JsonPropertyName("auroc")] double Auroc);
