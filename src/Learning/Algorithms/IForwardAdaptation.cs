using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// An algorithm whose shared model becomes a hospital's own by a forward pass over its labelled patients, without steps
/// and without a learning rate: before that it predicts nothing.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IForwardAdaptation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Makes the hospital's model.</summary>
    /// <param name="engine">Computes the forward pass.</param>
    /// <param name="state">The shared state.</param>
    /// <param name="support">The labelled patients, with their ordinary targets.</param>
    ForwardAdaptation<T> Adapt(IEngine engine, ReadOnlySpan<T> state, Batch<T> support);
}
