using System.Numerics;

namespace FedMeta.Learning;

/// <summary><see cref="PerFedAvg"/> as a study names it: D is the support, D' and D'' the halves of the
/// query; where steps take minibatches, each is drawn from its own part.</summary>
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
        var first = task.Support;
        var (size, steps) = (Settings.BatchSize, Settings.InnerSteps);
        var d1 = Minibatches.Of(in first, size, steps, task.Seed);
        var d2 = Minibatches.Of(in second, size, steps, SeededGenerator.Derive(task.Seed, 2));
        var d3 = Minibatches.Of(in third, size, steps, SeededGenerator.Derive(task.Seed, 3));
        var w = state.ToArray();
        double loss = 0;
        for (var step = 0; step < steps; step++)
        {
            loss = PerFedAvg.Direction<T>(
                model, w, d1[d1.Length == 1 ? 0 : step], d2[d2.Length == 1 ? 0 : step],
                d3[d3.Length == 1 ? 0 : step], Settings.InnerRate, GradientOrder.Second, update);
            FlatVector.AddScaled(w, -T.CreateTruncating(Settings.LocalRate), update);
        }

        FlatVector.Subtract<T>(state, w, update);
        return loss;
    }
}
