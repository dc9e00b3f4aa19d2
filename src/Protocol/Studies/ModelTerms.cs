namespace FedMeta.Protocol;

/// <summary>The model.</summary>
/// <param name="Kind">linear, logistic, softmax, mlp-relu, mlp-tanh, conv-relu, conv-norm-relu, cnp or cox.</param>
/// <param name="Layers">Widths of the hidden layers of an mlp, and of cox if it has any; for conv the image's channels
/// and then those of each convolution; empty for the others.</param>
/// <param name="Outputs">Classes of softmax, and of an mlp or conv with 2 or more; else 1.</param>
/// <param name="Loss"><see cref="OwnLoss"/>, mse, bce or ce.</param>
public sealed record ModelTerms(
    string Kind, IReadOnlyList<int> Layers, int Outputs, string Loss = ModelTerms.OwnLoss)
{
    /// <summary>The loss that belongs to the kind.</summary>
    public const string OwnLoss = "own";

    /// <summary>The loss by name; null for the kind's own.</summary>
    public string? LossName => Loss == OwnLoss ? null : Loss;
}
