using System.Collections.Immutable;

namespace FedMeta.Learning;

/// <summary>How the baselines are trained.</summary>
/// <param name="Rounds">Rounds of FedAvg.</param>
/// <param name="LocalSteps">Full-batch steps of a site in a round.</param>
/// <param name="LocalRate">Their rate.</param>
/// <param name="FineTuneSteps">Steps of FedAvg + fine-tuning.</param>
/// <param name="FineTuneRate">Their rate.</param>
/// <param name="FitSteps">Adam steps of fitted models with hidden layers; a model of one layer is solved.</param>
/// <param name="FitRate">Their rate.</param>
/// <param name="Folds">Folds that choose a local-only model's weight decay and a proximal model's pull.</param>
/// <param name="Seed">Of folds and initial parameters.</param>
public sealed record BaselineSettings(
    int Rounds = 30, int LocalSteps = 5, double LocalRate = 0.1, int FineTuneSteps = 10, double FineTuneRate = 0.1,
    int FitSteps = 500, double FitRate = 0.02, int Folds = 5, ulong Seed = 1)
{
    /// <summary>The weight decays that a local-only model chooses from, weakest first; of n patients none is weaker
    /// than a normal prior of variance <see cref="Baselines.WidestPrior"/>, 1 / (variance n).</summary>
    public ImmutableArray<double> WeightDecays { get; init; } = [0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];

    /// <summary>The pulls towards the shared model that a proximal fine-tuning chooses from, weakest first.</summary>
    public ImmutableArray<double> Pulls { get; init; } = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];
}
