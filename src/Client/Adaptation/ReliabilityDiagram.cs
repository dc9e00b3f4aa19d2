using FedMeta.Learning;

namespace FedMeta.Client.Adaptation;

/// <summary>One model's predictions in bins beside what happened.</summary>
/// <param name="Model">Which model, in words.</param>
/// <param name="Bins">The bins that hold patients.</param>
internal sealed record ReliabilityDiagram(string Model, IReadOnlyList<ReliabilityBin> Bins);
