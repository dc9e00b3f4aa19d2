namespace FedMeta.Learning;

/// <summary>How a shared model was made a hospital's own, simplest first.</summary>
public enum AdaptationChoice
{
    /// <summary>The shared model as it is.</summary>
    None,

    /// <summary>The last bias alone, solved with a normal prior around the shared one.</summary>
    InterceptRecalibration,

    /// <summary>Gradient steps on the last bias alone.</summary>
    BiasOnlySteps,

    /// <summary>Gradient steps on all parameters.</summary>
    FullSteps,

    /// <summary>A forward pass over the patients (<see cref="IForwardAdaptation{T}"/>): no steps, and no choice.</summary>
    ForwardPass,
}
