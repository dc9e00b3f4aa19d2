namespace FedMeta.Learning;

/// <summary>How a shared model was made a hospital's own, simplest first.</summary>
public enum AdaptationChoice
{
    /// <summary>The shared model as it is.</summary>
    None,

    /// <summary>The same prediction for every patient (<see cref="Baselines.PrevalenceOnly"/>): what is left where a
    /// forward pass (<see cref="IForwardAdaptation{T}"/>) is no better, or cannot be.</summary>
    PrevalenceOnly,

    /// <summary>The last bias alone, solved with a normal prior around the shared one.</summary>
    InterceptRecalibration,

    /// <summary>Gradient steps on the last bias alone.</summary>
    BiasOnlySteps,

    /// <summary>Gradient steps on all parameters.</summary>
    FullSteps,

    /// <summary>A forward pass over the patients (<see cref="IForwardAdaptation{T}"/>).</summary>
    ForwardPass,

    /// <summary>A forward pass, and then the last bias solved with a normal prior around what it gave.</summary>
    ForwardRecalibration,

    /// <summary>A forward pass, and then gradient steps on the last bias alone.</summary>
    ForwardBiasSteps,
}
