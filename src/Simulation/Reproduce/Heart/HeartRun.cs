using FedMeta.Simulation.Reproduce.Training;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>Everything of one split and seed.</summary>
/// <param name="Methods">The rows.</param>
/// <param name="Federations">What the algorithms learned, by their names in a study.</param>
internal sealed record HeartRun(
    IReadOnlyList<MethodScores> Methods, IReadOnlyDictionary<string, FederatedModel> Federations);
