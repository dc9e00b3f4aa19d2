namespace FedMeta.Learning;

/// <summary>
/// FedAdam, FedYogi and FedAdagrad (Reddi et al. 2021, algorithm 2): m = beta1 m + (1 - beta1) g, a second moment v,
/// and theta -= rate · m / (sqrt(v) + tau). No bias correction. FedAdagrad has no momentum there: set it to 0.
/// </summary>
internal sealed class FederatedAdaptiveOptimizer(ServerOptimizerSettings settings, int length)
    : MomentState(settings, length)
{
    protected override void Apply(Span<double> state, ReadOnlySpan<double> gradient, double noiseVariance)
    {
        var (beta1, beta2) = (Settings.Momentum, Settings.SecondMoment);
        // How much of the noise's variance has gathered in v by now: an average starts empty, a sum takes every step's.
        var gathered = noiseVariance * (Settings.Name == "fedadagrad" ? Steps : 1 - Power(beta2, Steps));
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

            state[i] -= Settings.Rate * First[i] / (Math.Sqrt(WithoutNoise(Second[i], gathered)) + Settings.Tau);
        }
    }
}
