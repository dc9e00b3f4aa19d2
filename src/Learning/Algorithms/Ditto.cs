using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Ditto (Li, Hu, Beirami and Smith 2021, algorithm 1): the shared model is trained as by FedAvg, and beside it every
/// site has a personal model v with a pull of strength lambda towards the shared one, v -= rate (grad(v) + lambda (v -
/// w)). The personal model is part of no upload; here it is made where it is used, when the hospital adapts.
/// </summary>
internal sealed class Ditto<T>(AlgorithmSettings settings, ModelSpec spec)
    : LocalTraining<T>(settings, spec, proximal: 0)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override double AdaptationPull => Settings.Proximal;
}
