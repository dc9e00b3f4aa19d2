namespace FedMeta.Learning;

/// <summary>Adam (Kingma and Ba 2015) with bias correction and epsilon outside the root, as PyTorch computes
/// it.</summary>
internal sealed class AdamOptimizer(ServerOptimizerSettings settings, int length)
    : MomentState(settings, length)
{
    protected override double Gather(double gathered, double variance) =>
        GatheredNoise.InAverage(gathered, Settings.SecondMoment, variance);

    protected override void Apply(Span<double> state, ReadOnlySpan<double> gradient)
    {
        var firstCorrection = 1 - Power(Settings.Momentum, Steps);
        var secondCorrection = 1 - Power(Settings.SecondMoment, Steps);
        for (var i = 0; i < state.Length; i++)
        {
            First[i] = Settings.Momentum * First[i] + (1 - Settings.Momentum) * gradient[i];
            Second[i] = Settings.SecondMoment * Second[i] + (1 - Settings.SecondMoment) * gradient[i] * gradient[i];
            var second = WithoutNoise(Second[i] / secondCorrection, Gathered / secondCorrection);
            state[i] -= Settings.Rate * (First[i] / firstCorrection) / (Math.Sqrt(second) + Settings.Tau);
        }
    }
}
