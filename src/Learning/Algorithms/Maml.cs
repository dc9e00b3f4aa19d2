using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Model-agnostic meta-learning (Finn, Abbeel and Levine 2017) and its relatives: the update is the gradient of the
/// query loss after K steps on the support. FOMAML stops at first order; ANIL (Raghu et al. 2020) moves only the last
/// layer in the inner loop; bias-only moves only the last bias, which is a learned random intercept per hospital.
/// </summary>
/// <param name="settings">Rate and steps of the inner loop.</param>
/// <param name="spec">The model.</param>
/// <param name="firstMoved">The inner loop moves coordinates from here to the end.</param>
/// <param name="order">Exact or first order.</param>
internal sealed class Maml<T>(AlgorithmSettings settings, ModelSpec spec, int firstMoved, GradientOrder order)
    : ThetaAlgorithm<T>(settings, spec)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _rates = RatesFrom(settings, spec, firstMoved);

    public override double TaskUpdate(IModel<T> model, ReadOnlySpan<T> state, MetaTask<T> task, Span<T> update)
    {
        var support = task.Support;
        return AdaptedGradient.Compute(
            model, state, Minibatches.Of(in support, Settings.BatchSize, Settings.InnerSteps, task.Seed),
            Settings.InnerSteps, task.Query, _rates, default, order, update);
    }

    public override T[] InnerRates(ReadOnlySpan<T> state) => [.. _rates];

    // A rate of zero is a mask: the coordinate neither moves nor is differentiated through.
    private static T[] RatesFrom(AlgorithmSettings settings, ModelSpec spec, int firstMoved)
    {
        var rates = new T[spec.ParameterCount];
        rates.AsSpan(firstMoved).Fill(T.CreateTruncating(settings.InnerRate));
        return rates;
    }
}
