using System.Numerics;

namespace FedMeta.Learning;

/// <summary>A hospital's model from a forward pass, or why there is none.</summary>
/// <param name="Spec">An ordinary model with its usual loss.</param>
/// <param name="Theta">Its parameters; empty where there is a problem.</param>
/// <param name="Problem">What the patients lack, a sentence for the hospital's reader; null where all is well.</param>
/// <typeparam name="T">float or double.</typeparam>
public sealed record ForwardAdaptation<T>(ModelSpec Spec, T[] Theta, string? Problem)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
