using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Meta-SGD (Li et al. 2017): the inner rate of every coordinate is learned beside theta. State and update are theta
/// and then the rates, one vector, so that one clip and one noise cover both.
/// </summary>
internal sealed class MetaSgd<T>(AlgorithmSettings settings, ModelSpec spec) : IMetaAlgorithm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rates stay in [0, this many times the starting rate]: beyond, adaptation diverges before it
    /// learns.</summary>
    private const double LargestGrowth = 20;

    public string Name => settings.Name;

    public ModelSpec Spec => spec;

    public int UploadLength => MetaAlgorithms.UploadLength(Name, spec);

    public T[] InitialState(ReadOnlySpan<double> theta)
    {
        FlatVector.RequireSameLength(spec.ParameterCount, theta.Length);
        var state = new T[UploadLength];
        for (var i = 0; i < theta.Length; i++) state[i] = T.CreateTruncating(theta[i]);
        state.AsSpan(theta.Length).Fill(T.CreateTruncating(settings.InnerRate));
        return state;
    }

    public double TaskUpdate(IModel<T> model, ReadOnlySpan<T> state, MetaTask<T> task, Span<T> update)
    {
        var d = spec.ParameterCount;
        var support = task.Support;
        return AdaptedGradient.Compute(
            model, state[..d], Minibatches.Of(in support, settings.BatchSize, settings.InnerSteps, task.Seed),
            settings.InnerSteps, task.Query, state[d..], default, GradientOrder.Second, update[..d], update[d..]);
    }

    public void Project(Span<T> state)
    {
        var largest = T.CreateTruncating(LargestGrowth * settings.InnerRate);
        foreach (ref var rate in state[spec.ParameterCount..]) rate = T.Clamp(rate, T.Zero, largest);
    }

    public T[] InnerRates(ReadOnlySpan<T> state) => state[spec.ParameterCount..].ToArray();
}
