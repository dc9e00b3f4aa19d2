using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Reproduce.NewHospital;

/// <summary>One way over rising numbers of labelled patients.</summary>
internal sealed record NewcomerRow(
    [property: JsonPropertyName("method")] string Method,
    [property: JsonPropertyName("scaling")] string Scaling,
    [property: JsonPropertyName("points")] NewcomerPoint[] Points)
{
    /// <summary>The point of k; null where the way has none.</summary>
    public NewcomerPoint? At(int? patients) => Points.FirstOrDefault(p => p.Patients == patients);
}
