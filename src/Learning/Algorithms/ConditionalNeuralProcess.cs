using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// The conditional neural process (Garnelo et al. 2018), federated: the update is the gradient of the queries' loss,
/// given the support as context, by encoder and decoder; the context and its summary r never leave. At a hospital r is
/// a constant, so that the adapted model is an ordinary network.
/// </summary>
internal sealed class ConditionalNeuralProcess<T>(AlgorithmSettings settings, ModelSpec spec)
    : ThetaAlgorithm<T>(settings, spec), IForwardAdaptation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override double TaskUpdate(IModel<T> model, ReadOnlySpan<T> state, MetaTask<T> task, Span<T> update)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Gradient(state, Episode.Of(task, [.. Enumerable.Range(0, task.All.Count)]), update);
    }

    public ForwardAdaptation<T> Adapt(IEngine engine, ReadOnlySpan<T> state, Batch<T> support)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var fold = new NeuralProcessFold<T>(new NeuralProcessShape(Spec));
        var encoder = engine.Build<T>(fold.Shape.Encoder);
        var summary = fold.Summary(encoder, state[..encoder.ParameterCount], support);
        return new ForwardAdaptation<T>(fold.Shape.Folded, fold.Fold(state, summary), null);
    }
}
