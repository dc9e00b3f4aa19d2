using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Demo.Scores;

/// <summary>Every model on one hospital's held-out patients, with the counts that the values rest on.</summary>
internal sealed record SiteScores(
    [property: JsonPropertyName("hospital")] string Hospital,
    [property: JsonPropertyName("train_patients")] int TrainPatients,
    [property: JsonPropertyName("test_patients")] int TestPatients,
    [property: JsonPropertyName("test_positives")] int TestPositives,
    [property: JsonPropertyName("adaptation")] string Adaptation,
    [property: JsonPropertyName("models")] IReadOnlyList<Score> Models)
{
    /// <summary>Two held-out patients of each class, so that a rank says more than where one patient stands.</summary>
    [JsonIgnore]
    public bool CanRank => TestPositives >= 2 && TestPatients - TestPositives >= 2;
}
