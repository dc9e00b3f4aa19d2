namespace FedMeta.Learning;

/// <summary>What a model is trained to make small. All are means over the batch.</summary>
public enum LossKind
{
    /// <summary>Mean squared error over all outputs.</summary>
    SquaredError,

    /// <summary>Binary cross-entropy; the outputs are logits, the targets 0 or 1.</summary>
    BinaryCrossEntropy,

    /// <summary>Softmax cross-entropy; the outputs are logits, the target is a class index.</summary>
    SoftmaxCrossEntropy,

    /// <summary>Negative Cox partial log-likelihood; the output is a log risk, the targets are time and
    /// event.</summary>
    CoxPartialLikelihood,

    /// <summary>Cross-entropy of the queries of one episode by their distance to the class means of its support; the
    /// targets are class index and 1 for a query, 0 for support.</summary>
    Prototypes,
}
