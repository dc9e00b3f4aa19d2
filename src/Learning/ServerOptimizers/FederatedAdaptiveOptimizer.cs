namespace FedMeta.Learning;

/// <summary>
/// FedAdam, FedYogi and FedAdagrad (Reddi et al. 2021, algorithm 2): m = beta1 m + (1 - beta1) g, a second moment v,
/// and theta -= rate · m / (sqrt(v) + tau). No bias correction. FedAdagrad has no momentum there: set it to 0.
/// </summary>
internal sealed class FederatedAdaptiveOptimizer(ServerOptimizerSettings settings, int length)
    : MomentState(settings, length)
{
    protected override double Gather(double gathered, double variance) => Settings.Name switch
    {
        "fedadam" => GatheredNoise.InAverage(gathered, Settings.SecondMoment, variance),
        "fedyogi" => GatheredNoise.InYogi(gathered, Settings.SecondMoment, variance),
        _ => GatheredNoise.InSum(gathered, variance),
    };

    protected override void Apply(Span<double> state, ReadOnlySpan<double> gradient)
    {
        var (beta1, beta2) = (Settings.Momentum, Settings.SecondMoment);
        for (var i = 0; i < state.Length; i++)
        {
            First[i] = beta1 * First[i] + (1 - beta1) * gradient[i];
            var square = gradient[i] * gradient[i];
            switch (Settings.Name)
            {
                case "fedadam":
                    Second[i] = beta2 * Second[i] + (1 - beta2) * square;
                    break;
                case "fedyogi":
                    Second[i] -= (1 - beta2) * square * Math.Sign(Second[i] - square);
                    break;
                default:
                    Second[i] += square;
                    break;
            }

            state[i] -= Settings.Rate * First[i] / (Math.Sqrt(WithoutNoise(Second[i], Gathered)) + Settings.Tau);
        }
    }
}
