using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Reproduce.PatientPrivacy;

/// <summary>One form at every epsilon.</summary>
internal sealed record PrivacyRow(
    [property: JsonIgnore] PrivateForm Form,
    [property: JsonPropertyName("form")] string Name,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("divisor")] int Divisor,
    [property: JsonPropertyName("cells")] PrivacyCell[] Cells);
