using FedMeta.Learning;

namespace FedMeta.Client.Adaptation;

/// <summary>One model on a part of the held-out patients.</summary>
/// <param name="Group">Which part, for example <c>sex = 1</c>.</param>
/// <param name="Model">Which model, in words.</param>
/// <param name="Evaluation">How it did there.</param>
internal sealed record SubgroupRow(string Group, string Model, Evaluation Evaluation);
