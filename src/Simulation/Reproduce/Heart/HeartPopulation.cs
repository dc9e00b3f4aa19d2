using System.Text.Json.Serialization;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>How many patients a hospital has: the counts that belong beside every figure.</summary>
internal sealed record HeartPopulation(
    [property: JsonPropertyName("hospital")] string Name,
    [property: JsonPropertyName("train")] int Train,
    [property: JsonPropertyName("train_with_disease")] int TrainPositives,
    [property: JsonPropertyName("test")] int Test,
    [property: JsonPropertyName("test_with_disease")] int TestPositives)
{
    /// <summary>The counts of the published split.</summary>
    public static HeartPopulation Of(HeartHospital hospital)
    {
        return new HeartPopulation(hospital.Name, hospital.TrainRows.Length, Positives(hospital.TrainRows),
            hospital.TestRows.Length, Positives(hospital.TestRows));

        int Positives(int[] rows) => rows.Count(row => hospital.Patients.Targets.Span[row] > 0);
    }
}
