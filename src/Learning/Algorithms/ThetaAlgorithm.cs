using System.Numerics;

namespace FedMeta.Learning;

/// <summary>What the algorithms whose state is theta alone have in common.</summary>
internal abstract class ThetaAlgorithm<T>(AlgorithmSettings settings, ModelSpec spec) : IMetaAlgorithm<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public string Name => Settings.Name;

    public ModelSpec Spec { get; } = spec;

    public int UploadLength => Spec.ParameterCount;

    public virtual ModelSpec TrainingSpec => Spec;

    public virtual double AdaptationPull => 0;

    protected AlgorithmSettings Settings { get; } = settings;

    public T[] InitialState(ReadOnlySpan<double> theta)
    {
        FlatVector.RequireSameLength(Spec.ParameterCount, theta.Length);
        var state = new T[theta.Length];
        for (var i = 0; i < state.Length; i++) state[i] = T.CreateTruncating(theta[i]);
        return state;
    }

    public abstract double TaskUpdate(IModel<T> model, ReadOnlySpan<T> state, MetaTask<T> task, Span<T> update);

    public void Project(Span<T> state)
    {
    }

    public virtual T[] InnerRates(ReadOnlySpan<T> state)
    {
        var rates = new T[Spec.ParameterCount];
        rates.AsSpan().Fill(T.CreateTruncating(Settings.InnerRate));
        return rates;
    }
}
