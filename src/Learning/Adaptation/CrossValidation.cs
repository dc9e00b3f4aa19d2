using System.Numerics;

namespace FedMeta.Learning;

/// <summary>Seeded folds over a small set of patients, and the losses of candidates on the patients left out.</summary>
internal static class CrossValidation
{
    /// <summary>
    /// The fold of every row: rows in seeded order, grouped by class where there are classes, dealt in turn, so that
    /// every fold has about the same share of each class, and for survival of each of event and none.
    /// </summary>
    public static int[] Folds<T>(ModelSpec spec, Batch<T> data, int folds, ulong seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var order = new SeededGenerator(seed).Permutation(data.Count);
        if (HasClasses(spec) || spec.Loss == LossKind.CoxPartialLikelihood) // stable: the seeded order stays within
            order = [.. order.OrderBy(row => data.Targets.Span[(row + 1) * spec.TargetWidth - 1])];
        var fold = new int[data.Count];
        for (var i = 0; i < order.Length; i++) fold[order[i]] = i % folds;
        return fold;
    }

    /// <summary>Rows inside and outside a fold.</summary>
    public static (int[] Training, int[] HeldOut) Rows(int[] folds, int fold) =>
        ([.. Enumerable.Range(0, folds.Length).Where(i => folds[i] != fold)],
            [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] == fold)]);

    /// <summary>True where the outcome is a class and all patients have the same.</summary>
    public static bool IsOneClass<T>(ModelSpec spec, Batch<T> data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        HasClasses(spec) && !data.Targets.Span.ContainsAnyExcept(data.Targets.Span[0]);

    /// <summary>
    /// For every candidate one loss per patient, each computed by a model that has not seen the patient. With fewer
    /// patients than twice the folds every patient is a fold of its own. For survival one loss per fold: what its
    /// patients add to the partial likelihood of all (Verweij and van Houwelingen 1993), because a few patients alone
    /// say little about who came first.
    /// </summary>
    /// <param name="model">The loss of the adapted models.</param>
    /// <param name="support">The patients.</param>
    /// <param name="settings">Folds and their seed.</param>
    /// <param name="candidates">What is compared.</param>
    /// <param name="adapt">The parameters of every candidate from the patients inside, in their order.</param>
    public static Dictionary<Candidate, double[]> HeldOutLosses<T>(
        IModel<T> model, Batch<T> support, AdaptationSettings settings, IReadOnlyList<Candidate> candidates,
        Func<Batch<T>, IReadOnlyList<T[]>> adapt)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var survival = model.Spec.Loss == LossKind.CoxPartialLikelihood;
        var count = survival
            ? Math.Min(settings.Folds, support.Count / 3)
            : support.Count < 2 * settings.Folds ? support.Count : settings.Folds;
        var folds = Folds(model.Spec, support, count, settings.Seed);
        var losses = candidates.ToDictionary(c => c, _ => new List<double>());
        for (var fold = 0; fold < count; fold++)
        {
            var (training, heldOut) = Rows(folds, fold);
            var (inside, outside) = (support.Select(training), support.Select(heldOut));
            foreach (var (candidate, adapted) in candidates.Zip(adapt(inside)))
            {
                if (survival) losses[candidate].Add(Added(model, adapted, support, inside));
                else
                    for (var i = 0; i < outside.Count; i++)
                        losses[candidate].Add(model.Loss(adapted, outside.Slice(i, 1)));
            }
        }

        return losses.ToDictionary(l => l.Key, l => l.Value.ToArray());
    }

    private static double Added<T>(IModel<T> model, T[] theta, Batch<T> all, Batch<T> inside)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        (all.Count * model.Loss(theta, all) - inside.Count * model.Loss(theta, inside)) / (all.Count - inside.Count);

    private static bool HasClasses(ModelSpec spec) =>
        spec.Loss == LossKind.SoftmaxCrossEntropy || (spec.Loss == LossKind.BinaryCrossEntropy && spec.Outputs == 1);
}
