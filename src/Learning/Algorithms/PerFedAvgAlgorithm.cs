using System.Numerics;

namespace FedMeta.Learning;

/// <summary><see cref="PerFedAvg"/> as a study names it: D is the support, D' and D'' the halves of the
/// query.</summary>
internal sealed class PerFedAvg<T>(AlgorithmSettings settings, ModelSpec spec) : ThetaAlgorithm<T>(settings, spec)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override double TaskUpdate(IModel<T> model, ReadOnlySpan<T> state, MetaTask<T> task, Span<T> update)
    {
        var query = task.Query;
        var half = query.Count / 2;
        if (half == 0) throw new ArgumentException(
            "per-fedavg needs two query records or more: it takes three batches");
        var (second, third) = (query.Slice(0, half), query.Slice(half, query.Count - half));
        var w = state.ToArray();
        double loss = 0;
        for (var step = 0; step < Settings.InnerSteps; step++)
        {
            loss = PerFedAvg.Direction<T>(
                model, w, task.Support, second, third, Settings.InnerRate, GradientOrder.Second, update);
            FlatVector.AddScaled(w, -T.CreateTruncating(Settings.LocalRate), update);
        }

        FlatVector.Subtract<T>(state, w, update);
        return loss;
    }
}
