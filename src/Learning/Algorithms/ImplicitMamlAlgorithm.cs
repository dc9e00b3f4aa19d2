using System.Numerics;

namespace FedMeta.Learning;

/// <summary><see cref="ImplicitMaml"/> as a study names it: K proximal steps find phi.</summary>
internal sealed class ImplicitMaml<T>(AlgorithmSettings settings, ModelSpec spec) : ThetaAlgorithm<T>(settings, spec)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override double AdaptationPull => Settings.Proximal;

    public override double TaskUpdate(IModel<T> model, ReadOnlySpan<T> state, MetaTask<T> task, Span<T> update)
    {
        var phi = state.ToArray();
        var pulled = new ProximalModel<T>(model, state, Settings.Proximal);
        var support = task.Support;
        var batches = Minibatches.Of(in support, Settings.BatchSize, Settings.InnerSteps, task.Seed);
        GradientDescent.Run(pulled, phi, batches, Settings.InnerSteps, Settings.InnerRate);
        return ImplicitMaml.Gradient<T>(model, phi, task.Support, task.Query, Settings.Proximal, update);
    }
}
