namespace FedMeta.Learning;

/// <summary>m = beta m + g; sgd steps along g, momentum along m, nesterov along g + beta m.</summary>
internal sealed class MomentumOptimizer(ServerOptimizerSettings settings, int length)
    : MomentState(settings, length)
{
    // There is no second moment.
    protected override double Gather(double gathered, double variance) => 0;

    protected override void Apply(Span<double> state, ReadOnlySpan<double> gradient)
    {
        var beta = Settings.Name == "sgd" ? 0 : Settings.Momentum;
        for (var i = 0; i < state.Length; i++)
        {
            First[i] = beta * First[i] + gradient[i];
            var direction = Settings.Name == "nesterov" ? gradient[i] + beta * First[i] : First[i];
            state[i] -= Settings.Rate * direction;
        }
    }
}
