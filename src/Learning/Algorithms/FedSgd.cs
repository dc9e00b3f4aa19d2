using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Federated SGD (McMahan et al. 2017): the gradient at theta, no local steps. With tasks of a single record each
/// patient's own gradient is clipped, the tightest patient-level bound; the meta part is then in the adaptation alone.
/// </summary>
internal sealed class FedSgd<T>(AlgorithmSettings settings, ModelSpec spec) : ThetaAlgorithm<T>(settings, spec)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override double TaskUpdate(IModel<T> model, ReadOnlySpan<T> state, MetaTask<T> task, Span<T> update)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Gradient(state, task.All, update);
    }
}
