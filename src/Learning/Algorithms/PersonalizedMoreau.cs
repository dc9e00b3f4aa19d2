using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// pFedMe (Dinh, Tran and Nguyen 2020): the personal model is the proximal point of theta, found by K steps, and never
/// leaves; the update is the gradient of the Moreau envelope, lambda (theta - personal).
/// </summary>
internal sealed class PersonalizedMoreau<T>(AlgorithmSettings settings, ModelSpec spec)
    : ThetaAlgorithm<T>(settings, spec)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override double AdaptationPull => Settings.Proximal;

    public override double TaskUpdate(IModel<T> model, ReadOnlySpan<T> state, MetaTask<T> task, Span<T> update)
    {
        ArgumentNullException.ThrowIfNull(model);
        var loss = model.Loss(state, task.All);
        var personal = state.ToArray();
        var pulled = new ProximalModel<T>(model, state, Settings.Proximal);
        var all = task.All;
        var batches = Minibatches.Of(in all, Settings.BatchSize, Settings.InnerSteps, task.Seed);
        GradientDescent.Run(pulled, personal, batches, Settings.InnerSteps, Settings.InnerRate);
        FlatVector.Subtract<T>(state, personal, update);
        FlatVector.Scale(update, T.CreateTruncating(Settings.Proximal));
        return loss;
    }
}
