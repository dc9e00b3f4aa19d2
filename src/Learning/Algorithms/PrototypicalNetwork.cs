using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Prototypical networks (Snell, Swersky and Zemel 2017), federated: the update is the gradient of the loss of one
/// episode by the embedding, a vector like FOMAML's; the prototypes, which are means of patients' embeddings, never
/// leave. Queries of a class that the support lacks are left out, and a task without a query that counts contributes
/// zero.
/// </summary>
internal sealed class PrototypicalNetwork<T>(AlgorithmSettings settings, ModelSpec spec)
    : ThetaAlgorithm<T>(settings, spec), IForwardAdaptation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override ModelSpec TrainingSpec { get; } = spec.WithLoss("prototypes");

    public override double TaskUpdate(IModel<T> model, ReadOnlySpan<T> state, MetaTask<T> task, Span<T> update)
    {
        ArgumentNullException.ThrowIfNull(model);
        var seen = new HashSet<T>(task.Support.Targets.ToArray());
        var labels = task.All.Targets.Span;
        var rows = new List<int>();
        for (var i = 0; i < task.All.Count; i++)
            if (i < task.SupportCount || seen.Contains(labels[i])) rows.Add(i);
        if (rows.Count == task.SupportCount)
        {
            update.Clear();
            return double.NaN;
        }

        return model.Gradient(state, Episode.Of(task, [.. rows]), update);
    }

    public ForwardAdaptation<T> Adapt(IEngine engine, ReadOnlySpan<T> state, Batch<T> support)
    {
        var theta = state.ToArray();
        var embeddings = Prototypes.Embed(engine, Spec, state, support.Inputs.Span);
        var missing = Prototypes.WriteHead<T>(Spec, embeddings, support.Targets.Span, theta);
        return missing.Count == 0
            ? new ForwardAdaptation<T>(Spec, theta, null)
            : new ForwardAdaptation<T>(Spec, [], Prototypes.Missing(missing));
    }
}
