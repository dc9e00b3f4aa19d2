using System.Globalization;

namespace FedMeta.Learning;

/// <summary>
/// A forward pass under the guard of <see cref="GuardedAdaptation"/>: class means of few patients can be worse than
/// knowing the prevalence, and a summary of few patients worse than none. Candidates are the shared model that has seen
/// no patient, where it predicts anything; prevalence alone; the forward pass; and the pass with the last bias solved,
/// or stepped. Held-out patients decide, whom neither pass nor bias has seen; the simplest candidate within one
/// standard error of the best is taken. Deterministic by seed.
/// </summary>
public static class GuardedForwardPass
{
    /// <summary>Makes the hospital's model.</summary>
    /// <param name="algorithm">The forward pass.</param>
    /// <param name="engine">Computes it.</param>
    /// <param name="state">The shared state; not changed.</param>
    /// <param name="support">The hospital's labelled patients; two or more where the algorithm predicts nothing without
    /// patients, else any number.</param>
    /// <param name="settings">Steps on the bias, guard and folds.</param>
    /// <exception cref="ArgumentException">The state is not finite, or there are too few patients for any
    /// model.</exception>
    public static AdaptationResult<double> Adapt(
        IForwardAdaptation<double> algorithm, IEngine engine, ReadOnlySpan<double> state, Batch<double> support,
        AdaptationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Folds, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Steps, 1);
        if (!FlatVector.IsFinite(state)) throw new ArgumentException("the shared parameters are not finite");
        var shared = algorithm.Adapt(engine, state, Nobody);
        if (support.Count < 2)
        {
            if (shared.Problem is { } problem) throw new ArgumentException(problem);
            return new AdaptationResult<double>(
                shared.Theta, AdaptationChoice.None, 0, support.Count == 0
                    ? "there are no labelled patients: the shared model is used as it is"
                    : "one labelled patient cannot be held out and learned from: the shared model is used as it is",
                [], support.Count)
            { Spec = shared.Spec, Unguarded = algorithm.Adapt(engine, state, support).Theta };
        }

        return new Pass(algorithm, engine, state.ToArray(), shared, settings).Choose(support);
    }

    private static Batch<double> Nobody => new(ReadOnlyMemory<double>.Empty, ReadOnlyMemory<double>.Empty, 0);

    private sealed class Pass(
        IForwardAdaptation<double> algorithm, IEngine engine, double[] state, ForwardAdaptation<double> shared,
        AdaptationSettings settings)
    {
        private readonly IModel<double> _model = engine.Build<double>(shared.Spec);
        private readonly List<string> _missing = [];
        private int _folds;

        public AdaptationResult<double> Choose(Batch<double> support)
        {
            var exclusions = Exclusions(support, algorithm.Adapt(engine, state, support).Problem);
            Candidate[] compared = [.. exclusions.Where(e => e.Value is null).Select(e => e.Key)];
            var held = CrossValidation.HeldOutLosses(_model, support, settings, compared, inside =>
            {
                _folds++;
                var pass = algorithm.Adapt(engine, state, inside);
                if (pass.Problem is { } problem) _missing.Add(problem);
                return [.. compared.Select(candidate => Adapted(candidate, pass, inside).Theta)];
            });
            if (_missing.Count == _folds)
            {
                foreach (var candidate in compared.Where(NeedsPass))
                {
                    exclusions[candidate] = $"it can be made of all patients and of no fold: {_missing[0]}";
                    held.Remove(candidate);
                }
            }

            var scores = CandidateSelection.Scores(exclusions, held, c => NeedsPass(c) ? StoodIn() : null);
            return Result(support, scores, CandidateSelection.Simplest(scores));
        }

        private AdaptationResult<double> Result(Batch<double> support, List<CandidateScore> scores, Candidate choice)
        {
            var whole = algorithm.Adapt(engine, state, support);
            var unguarded = Adapted(new Candidate(AdaptationChoice.ForwardPass, 0), whole, support).Theta;
            var (theta, kept, intervention) = Adapted(choice, whole, support);
            var reason = CandidateSelection.Reason(scores, choice, Basis(support, whole.Problem));
            if (!FlatVector.IsFinite<double>(theta) || !double.IsFinite(_model.Loss(theta, support)))
            {
                choice = new Candidate(AdaptationChoice.PrevalenceOnly, 0);
                (theta, kept, intervention) = Adapted(choice, whole, support);
                reason = "the adapted model was not finite: prevalence alone is used";
            }

            return new AdaptationResult<double>(
                theta, choice.Choice, choice.Steps, reason, [.. scores], support.Count)
            { Spec = shared.Spec, Unguarded = unguarded, KeptSteps = kept, Intervention = intervention };
        }

        private SortedDictionary<Candidate, string?> Exclusions(Batch<double> support, string? problem)
        {
            var few = support.Count < GuardedAdaptation.FewPatients
                ? $"{support.Count} patients are too few for gradient steps" : null;
            var exclusions = new SortedDictionary<Candidate, string?>();
            foreach (var candidate in Candidate.Forward(settings))
            {
                exclusions[candidate] = candidate.Choice switch
                {
                    AdaptationChoice.None when shared.Problem is not null =>
                        "the shared model predicts nothing before a forward pass",
                    AdaptationChoice.None or AdaptationChoice.PrevalenceOnly => null,
                    AdaptationChoice.ForwardBiasSteps => problem ?? few,
                    _ => problem,
                };
            }

            return exclusions;
        }

        /// <summary>One candidate's model of the patients; prevalence stands in for a pass that cannot be.</summary>
        private (double[] Theta, int KeptSteps, string? Intervention) Adapted(
            Candidate candidate, ForwardAdaptation<double> pass, Batch<double> support)
        {
            if (candidate.Choice == AdaptationChoice.None) return (shared.Theta, 0, null);
            if (candidate.Choice == AdaptationChoice.PrevalenceOnly || pass.Problem is not null)
                return (Baselines.PrevalenceOnly(_model, support), 0, null);
            var theta = (double[])pass.Theta.Clone();
            if (candidate.Choice == AdaptationChoice.ForwardPass) return (theta, 0, null);
            var (kept, intervention) = CandidateAdaptation.Run(
                _model, theta, [], support, settings, candidate.Choice == AdaptationChoice.ForwardRecalibration
                    ? AdaptationChoice.InterceptRecalibration : AdaptationChoice.BiasOnlySteps);
            return (theta, kept, intervention);
        }

        private string Basis(Batch<double> support, string? problem) =>
            (support.Count < GuardedAdaptation.FewPatients ? $"{support.Count} patients, each held out once"
                : $"{support.Count} patients")
            + (problem is not null ? $"; no forward pass: {problem}"
                : _missing.Count == _folds ? $"; no forward pass could be held out: {_missing[0]}"
                : StoodIn() is { } words ? $"; {words}" : "");

        private string? StoodIn() => _missing.Count == 0 ? null : string.Create(CultureInfo.InvariantCulture,
            $"in {_missing.Count} of {_folds} folds prevalence stood in for the forward pass: {_missing[0]}");
    }

    private static bool NeedsPass(Candidate candidate) => candidate.Choice >= AdaptationChoice.ForwardPass;
}
