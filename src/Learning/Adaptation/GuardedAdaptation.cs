using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Adapts a shared model to a hospital's labelled patients. Candidates are the shared model as it is, intercept
/// recalibration, steps on the bias and steps on everything, all guarded (<see cref="GuardedDescent"/>). Held-out
/// patients of the support decide: the simplest candidate within one standard error of the best is taken.
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
        if (model.Spec.Loss == LossKind.CoxPartialLikelihood && support.Count < FewPatients)
            return Unchanged(
                theta, support.Count, $"{support.Count} patients are too few to compare survival models on: "
                + "the shared model is used as it is");

        var exclusions = Exclusions(model.Spec, rates, support);
        var held = CrossValidation.HeldOutLosses(
            model, theta, support, settings, [.. Enum.GetValues<AdaptationChoice>().Where(c => exclusions[c] is null)],
            rates.ToArray());
        var scores = Scores(exclusions, held);
        var choice = Simplest(scores);
        var adapted = theta.ToArray();
        var intervention = CandidateAdaptation.Run(model, adapted, rates, support, settings, choice);
        if (!FlatVector.IsFinite<T>(adapted) || !double.IsFinite(model.Loss(adapted, support)))
            return Unchanged(
                theta, support.Count, "the adapted model was not finite: the shared model is used as it is");
        var account = scores.Select(s => s.Choice == choice && intervention is not null
            ? s with { Remark = intervention } : s).ToImmutableArray();
        return new AdaptationResult<T>(
            adapted, choice, Reason(model.Spec, support, account, choice), account, support.Count);
    }

    private static AdaptationResult<T> Unchanged<T>(ReadOnlySpan<T> theta, int patients, string reason)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(theta.ToArray(), AdaptationChoice.None, reason, [], patients);

    private static Dictionary<AdaptationChoice, string?> Exclusions<T>(
        ModelSpec spec, ReadOnlySpan<T> rates, Batch<T> support)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var intercept = spec.Loss == LossKind.CoxPartialLikelihood
            ? "an intercept does not change the order of risks" : null;
        var few = support.Count < FewPatients ? $"{support.Count} patients are too few for gradient steps" : null;
        var oneClass = CrossValidation.IsOneClass(spec, support)
            ? "all patients have the same outcome, which says nothing about the weights" : null;
        var biasOnly = rates[..spec.LastBiasOffset].ContainsAnyExcept(T.Zero)
            ? null : "the study's inner loop moves the bias alone";
        return new Dictionary<AdaptationChoice, string?>
        {
            [AdaptationChoice.None] = null,
            [AdaptationChoice.InterceptRecalibration] = intercept,
            [AdaptationChoice.BiasOnlySteps] = intercept ?? few,
            [AdaptationChoice.FullSteps] = few ?? oneClass ?? biasOnly,
        };
    }

    private static List<CandidateScore> Scores(
        Dictionary<AdaptationChoice, string?> exclusions, Dictionary<AdaptationChoice, double[]> held)
    {
        var means = held.Where(h => h.Value.All(double.IsFinite)).ToDictionary(h => h.Key, h => h.Value.Average());
        var best = means.Count == 0 ? AdaptationChoice.None : means.MinBy(m => (m.Value, m.Key)).Key;
        return
        [
            .. exclusions.OrderBy(candidate => candidate.Key).Select(candidate =>
                means.TryGetValue(candidate.Key, out var mean)
                ? new CandidateScore(candidate.Key, mean, StandardError(held[candidate.Key], held[best]), null)
                : new CandidateScore(candidate.Key, null, null, candidate.Value ?? "a held-out loss was not finite")),
        ];
    }

    private static double StandardError(double[] losses, double[] best)
    {
        var mean = losses.Zip(best, (a, b) => a - b).Average();
        var squares = losses.Zip(best, (a, b) => (a - b - mean) * (a - b - mean)).Sum();
        return losses.Length < 2 ? 0 : Math.Sqrt(squares / (losses.Length - 1) / losses.Length);
    }

    private static AdaptationChoice Simplest(List<CandidateScore> scores)
    {
        var compared = scores.Where(s => s.Loss is not null).ToList();
        if (compared.Count == 0) return AdaptationChoice.None;
        var lowest = compared.Min(s => s.Loss!.Value);
        return compared.First(s => s.Loss - lowest <= s.StandardError).Choice;
    }

    private static string Reason<T>(
        ModelSpec spec, Batch<T> support, ImmutableArray<CandidateScore> scores, AdaptationChoice choice)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var compared = string.Join(", ", scores.Where(s => s.Loss is not null).Select(s => string.Create(
            CultureInfo.InvariantCulture, $"{NameOf(s.Choice)} {s.Loss:F3}")));
        var basis = support.Count < FewPatients
            ? $"{support.Count} patients, each held out once"
            : CrossValidation.IsOneClass(spec, support)
                ? $"{support.Count} patients, all with the same outcome"
                : $"{support.Count} patients";
        return $"{NameOf(choice)} is the simplest within one standard error of the lowest held-out loss "
            + $"({compared}; {basis})";
    }

    /// <summary>The words for a choice.</summary>
    public static string NameOf(AdaptationChoice choice) => choice switch
    {
        AdaptationChoice.None => "no adaptation",
        AdaptationChoice.InterceptRecalibration => "intercept recalibration",
        AdaptationChoice.BiasOnlySteps => "bias-only steps",
        _ => "full steps",
    };
}
