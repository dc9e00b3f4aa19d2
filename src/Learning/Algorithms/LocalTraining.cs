using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// K local steps on all records of the task; the update is theta - phi. With a server rate of 1 this is FedAvg
/// (McMahan et al. 2017), with a smaller one Reptile (Nichol, Achiam and Schulman 2018), with a pull towards theta
/// FedProx (Li et al. 2020).
/// </summary>
internal class LocalTraining<T>(AlgorithmSettings settings, ModelSpec spec, double proximal)
    : ThetaAlgorithm<T>(settings, spec)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override double TaskUpdate(IModel<T> model, ReadOnlySpan<T> state, MetaTask<T> task, Span<T> update)
    {
        ArgumentNullException.ThrowIfNull(model);
        var local = proximal > 0 ? new ProximalModel<T>(model, state, proximal) : model;
        var loss = model.Loss(state, task.All);
        var phi = state.ToArray();
        var all = task.All;
        var batches = Minibatches.Of(in all, Settings.BatchSize, Settings.InnerSteps, task.Seed);
        GradientDescent.Run(local, phi, batches, Settings.InnerSteps, Settings.InnerRate);
        FlatVector.Subtract<T>(state, phi, update);
        return loss;
    }
}
