using System.Text.Json.Serialization;
using FedMeta.Privacy;
using FedMeta.Simulation.Reproduce.Heart;
using FedMeta.Simulation.Reproduce.Tables;

namespace FedMeta.Simulation.Reproduce.PatientPrivacy;

/// <summary>One form at one epsilon over all seeds.</summary>
/// <param name="Epsilon">Claimed; null without privacy.</param>
/// <param name="Steps">After ten local steps, as the reference adapts.</param>
/// <param name="Guarded">Adapted as a hospital does, by the guard.</param>
/// <param name="AccuracyLost">Accuracy without privacy less this, after ten steps, seed by seed.</param>
/// <param name="Accountant">The account of the noise; null without privacy.</param>
internal sealed record PrivacyCell(
    [property: JsonPropertyName("epsilon")] double? Epsilon,
    [property: JsonPropertyName("ten_steps")] ScoreSpread Steps,
    [property: JsonPropertyName("guarded")] ScoreSpread Guarded,
    [property: JsonPropertyName("accuracy_lost")] MeanAndSpread AccuracyLost,
    [property: JsonPropertyName("accountant")] PrivacyAccount? Accountant);
