namespace FedMeta.Learning;

/// <summary>The ways that a curve is drawn for.</summary>
public static class AdaptationWays
{
    /// <summary>Name of the way that <see cref="GuardedAdaptation"/> goes.</summary>
    public const string ByTheGuard = "chosen by the guard";

    /// <summary>
    /// The shared model as it is; 1, 3 and 10 guarded steps; intercept recalibration; what the guard itself would
    /// choose; and the hospital alone.
    /// </summary>
    /// <param name="model">The loss.</param>
    /// <param name="theta">The shared parameters.</param>
    /// <param name="rates">Inner rate per coordinate.</param>
    /// <param name="settings">Steps, guard and folds.</param>
    public static IReadOnlyList<AdaptationWay> Usual(
        IModel<double> model, double[] theta, double[] rates, AdaptationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(settings);
        List<AdaptationWay> ways = [Unadapted(theta)];
        ways.AddRange(settings.StepCounts.Select(steps => Steps(model, theta, rates, steps, settings)));
        if (model.Spec.Loss != LossKind.CoxPartialLikelihood) ways.Add(Recalibration(model, theta));
        ways.Add(Guarded(model, theta, rates, settings));
        ways.Add(Alone(model, new BaselineSettings(Seed: settings.Seed)));
        return ways;
    }

    /// <summary>
    /// Where a forward pass makes the model: the shared one as it is, the pass alone, what the guard makes of it, and
    /// the hospital alone.
    /// </summary>
    /// <param name="model">The loss of the adapted models.</param>
    /// <param name="theta">Parameters of such a model that has seen no patient.</param>
    /// <param name="algorithm">The forward pass.</param>
    /// <param name="engine">Computes it.</param>
    /// <param name="state">The shared state.</param>
    /// <param name="settings">Guard and folds.</param>
    public static IReadOnlyList<AdaptationWay> Forward(
        IModel<double> model, double[] theta, IForwardAdaptation<double> algorithm, IEngine engine, double[] state,
        AdaptationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(settings);
        return
        [
            Unadapted(theta),
            new("forward pass, prevalence where it cannot be", theta, support =>
            {
                var pass = algorithm.Adapt(engine, state, support);
                return pass.Problem is null ? pass.Theta : Baselines.PrevalenceOnly(model, support);
            }),
            new(ByTheGuard, theta, support => support.Count < 2
                ? theta : GuardedForwardPass.Adapt(algorithm, engine, state, support, settings).Theta),
            Alone(model, new BaselineSettings(Seed: settings.Seed)),
        ];
    }

    /// <summary>No adaptation, whatever the patients.</summary>
    public static AdaptationWay Unadapted(double[] theta) => new("as shared", theta, _ => theta);

    /// <summary>Guarded steps on the parameters that have a rate.</summary>
    public static AdaptationWay Steps(
        IModel<double> model, double[] theta, double[] rates, int steps, AdaptationSettings? settings = null) => new(
        steps == 1 ? "1 step" : $"{steps} steps", theta, support =>
        {
            var adapted = (double[])theta.Clone();
            var guard = settings ?? new AdaptationSettings();
            CandidateAdaptation.Run(model, adapted, rates, support, guard, AdaptationChoice.FullSteps, steps);
            return adapted;
        });

    /// <summary>Plain steps of one rate, as published tables take them: nothing guards them.</summary>
    public static AdaptationWay PlainSteps(IModel<double> model, double[] theta, double rate, int steps) => new(
        steps == 1 ? "1 plain step" : $"{steps} plain steps", theta, support => Baselines.FineTuned(
            model, theta, support, new BaselineSettings(FineTuneSteps: steps, FineTuneRate: rate)));

    /// <summary>The last bias alone.</summary>
    public static AdaptationWay Recalibration(IModel<double> model, double[] theta) => new(
        "intercept recalibration", theta, support => Baselines.Recalibrated(model, theta, support));

    /// <summary>What <see cref="GuardedAdaptation"/> chooses for the patients at hand.</summary>
    public static AdaptationWay Guarded(
        IModel<double> model, double[] theta, double[] rates, AdaptationSettings settings) => new(
        ByTheGuard, theta,
        support => GuardedAdaptation.Adapt<double>(model, theta, rates, support, settings).Theta);

    /// <summary>No shared model at all.</summary>
    public static AdaptationWay Alone(IModel<double> model, BaselineSettings settings) => new(
        "this hospital alone", null, support => Baselines.LocalOnly(model, support, settings));
}
