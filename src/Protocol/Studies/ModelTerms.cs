namespace FedMeta.Protocol;

/// <summary>The model.</summary>
/// <param name="Kind">linear, logistic, softmax, mlp-relu or mlp-tanh.</param>
/// <param name="Layers">Widths of an mlp's hidden layers; empty for the others.</param>
/// <param name="Outputs">Classes of softmax and of an mlp with 2 or more; else 1.</param>
public sealed record ModelTerms(string Kind, IReadOnlyList<int> Layers, int Outputs);
