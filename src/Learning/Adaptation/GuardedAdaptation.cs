using System.Collections.Immutable;
using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Adapts a shared model to a hospital's labelled patients. Candidates are the shared model as it is, intercept
/// recalibration, steps on the bias and 1, 3 or more steps on everything, all guarded (<see cref="GuardedDescent"/>).
/// Held-out patients of the support decide: the simplest candidate within one standard error of the best is taken.
/// Deterministic by seed.
/// </summary>
public static class GuardedAdaptation
{
    /// <summary>Below this many patients only the intercept may move.</summary>
    public const int FewPatients = 6;

    /// <summary>Adapts <paramref name="theta"/> to <paramref name="support"/>.</summary>
    /// <param name="model">The loss.</param>
    /// <param name="theta">The shared parameters; not changed.</param>
    /// <param name="rates">Inner rate per coordinate for the full steps
    /// (<see cref="IMetaAlgorithm{T}.InnerRates"/>).</param>
    /// <param name="support">The hospital's labelled patients; may be few, of one class, or none.</param>
    /// <param name="settings">Steps, guard and folds.</param>
    /// <exception cref="ArgumentException">Theta is not finite, or lengths do not fit.</exception>
    public static AdaptationResult<T> Adapt<T>(
        IModel<T> model, ReadOnlySpan<T> theta, ReadOnlySpan<T> rates, Batch<T> support, AdaptationSettings settings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Folds, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Steps, 1);
        FlatVector.RequireSameLength(model.ParameterCount, theta.Length);
        FlatVector.RequireSameLength(model.ParameterCount, rates.Length);
        if (!FlatVector.IsFinite(theta)) throw new ArgumentException("the shared parameters are not finite");
        if (support.Count < 2)
            return Unchanged(theta, support.Count, support.Count == 0
                ? "there are no labelled patients: the shared model is used as it is"
                : "one labelled patient cannot be held out and learned from: the shared model is used as it is");
        if (model.Spec.Loss == LossKind.CoxPartialLikelihood && Survival(support) is { } few)
            return Unchanged(theta, support.Count, $"{few}: the shared model is used as it is");
        if (!double.IsFinite(model.Loss(theta, support)))
            return Unchanged(theta, support.Count,
                "the shared model's loss on these patients is not finite: it is used as it is");

        var constant = ConstantInputs.Of(model.Spec, support);
        var moving = ConstantInputs.Freeze(model.Spec, rates, constant);
        var exclusions = Exclusions(model.Spec, moving, support, settings);
        Candidate[] compared = [.. exclusions.Where(e => e.Value is null).Select(e => e.Key)];
        var shared = theta.ToArray();
        var held = CrossValidation.HeldOutLosses(model, support, settings, compared, inside =>
            [.. compared.Select(c => CandidateAdaptation.Adapted(model, shared, moving, inside, settings, c))]);
        var scores = CandidateSelection.Scores(exclusions, held);
        var choice = CandidateSelection.Simplest(scores);
        var adapted = theta.ToArray();
        var (kept, intervention) = CandidateAdaptation.Run(
            model, adapted, moving, support, settings, choice.Choice, choice.Steps);
        if (!FlatVector.IsFinite<T>(adapted) || !double.IsFinite(model.Loss(adapted, support)))
            return Unchanged(
                theta, support.Count, "the adapted model was not finite: the shared model is used as it is");
        return new AdaptationResult<T>(
            adapted, choice.Choice, choice.Steps,
            CandidateSelection.Reason(scores, choice, Basis(model.Spec, support)), [.. scores], support.Count)
        {
            KeptSteps = kept,
            ConstantInputs = constant,
            Intervention = intervention,
        };
    }

    private static AdaptationResult<T> Unchanged<T>(ReadOnlySpan<T> theta, int patients, string reason)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(theta.ToArray(), AdaptationChoice.None, 0, reason, [], patients);

    /// <summary>Why survival models cannot be compared on these patients; null where they can.</summary>
    private static string? Survival<T>(Batch<T> support)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (support.Count < FewPatients) return $"{support.Count} patients are too few to compare survival models on";
        var events = 0;
        for (var i = 1; i < support.Targets.Length; i += 2) events += support.Targets.Span[i] > T.Zero ? 1 : 0;
        return events >= 2 ? null
            : $"{events} of {support.Count} patients had the event, too few to compare survival models on";
    }

    private static SortedDictionary<Candidate, string?> Exclusions<T>(
        ModelSpec spec, ReadOnlySpan<T> rates, Batch<T> support, AdaptationSettings settings)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var intercept = spec.Loss == LossKind.CoxPartialLikelihood
            ? "an intercept does not change the order of risks" : null;
        var few = support.Count < FewPatients ? $"{support.Count} patients are too few for gradient steps" : null;
        var oneClass = CrossValidation.IsOneClass(spec, support)
            ? "all patients have the same outcome, which says nothing about the weights" : null;
        var biasOnly = rates[..spec.LastBiasOffset].ContainsAnyExcept(T.Zero)
            ? null : "the study's inner loop moves the bias alone";
        var exclusions = new SortedDictionary<Candidate, string?>();
        foreach (var candidate in Candidate.All(settings))
        {
            exclusions[candidate] = candidate.Choice switch
            {
                AdaptationChoice.None => null,
                AdaptationChoice.InterceptRecalibration => intercept,
                AdaptationChoice.BiasOnlySteps => intercept ?? few,
                _ => few ?? oneClass ?? biasOnly,
            };
        }

        return exclusions;
    }

    /// <summary>What the comparison rests on.</summary>
    private static string Basis<T>(ModelSpec spec, Batch<T> support)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        support.Count < FewPatients ? $"{support.Count} patients, each held out once"
        : CrossValidation.IsOneClass(spec, support) ? $"{support.Count} patients, all with the same outcome"
        : $"{support.Count} patients";

    /// <summary>The words for a choice.</summary>
    public static string NameOf(AdaptationChoice choice, int steps) => choice switch
    {
        AdaptationChoice.None => "no adaptation",
        AdaptationChoice.PrevalenceOnly => "prevalence only",
        AdaptationChoice.InterceptRecalibration => "intercept recalibration",
        AdaptationChoice.BiasOnlySteps => steps == 1 ? "1 step on the bias" : $"{steps} steps on the bias",
        AdaptationChoice.ForwardPass => "a forward pass",
        AdaptationChoice.ForwardRecalibration => "a forward pass + intercept recalibration",
        AdaptationChoice.ForwardBiasSteps => $"a forward pass + {NameOf(AdaptationChoice.BiasOnlySteps, steps)}",
        _ => steps == 1 ? "1 full step" : $"{steps} full steps",
    };
}
