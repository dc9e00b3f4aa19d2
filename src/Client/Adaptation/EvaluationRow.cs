using FedMeta.Learning;

namespace FedMeta.Client.Adaptation;

/// <summary>One model on the held-out patients.</summary>
/// <param name="Model">Which model, in words.</param>
/// <param name="Evaluation">How it did; null members are undefined on these patients.</param>
internal sealed record EvaluationRow(string Model, Evaluation Evaluation);
