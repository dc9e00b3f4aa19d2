namespace FedMeta.Learning;

/// <summary>Says in words why a measure is missing: a hospital of one outcome deserves better than a hyphen.</summary>
internal static class Undefinedness
{
    /// <summary>Everything that belongs to the kind of outcome and is undefined on these patients.</summary>
    public static IReadOnlyList<UndefinedMeasure> Of(Judgement judged)
    {
        var counts = judged.Outcomes();
        return judged.Spec.Loss switch
        {
            LossKind.BinaryCrossEntropy when judged.Spec.Outputs == 1 => Binary(judged, counts),
            LossKind.SoftmaxCrossEntropy when judged.Value(Measure.Auroc) is null => [new(Measure.Auroc,
                $"{judged.Spec.Outputs - counts.Count} of {judged.Spec.Outputs} classes are absent among the "
                + $"{judged.Patients} patients")],
            LossKind.CoxPartialLikelihood when judged.Value(Measure.Concordance) is null => [new(Measure.Concordance,
                $"of no two of the {judged.Patients} patients is it known who came first")],
            _ => [],
        };
    }

    private static List<UndefinedMeasure> Binary(Judgement judged, IReadOnlyDictionary<int, int> counts)
    {
        var reasons = new List<UndefinedMeasure>();
        if (counts.Count == 1)
        {
            var why = counts.ContainsKey(1)
                ? $"all {judged.Patients} patients have the outcome"
                : $"none of {judged.Patients} patients has the outcome";
            reasons.Add(new UndefinedMeasure(Measure.Auroc, $"{why}, so there is nobody to rank them against"));
            reasons.Add(new UndefinedMeasure(Measure.CalibrationSlope, $"{why}, so no slope fits them"));
            return reasons;
        }

        if (!judged.Predictions.ContainsAnyExcept(judged.Predictions[0]))
        {
            const string Why = "every patient is given the same probability, so nobody is ranked and no line fits";
            return [new UndefinedMeasure(Measure.CalibrationSlope, Why)];
        }

        if (judged.IntervalOf(Measure.Auroc, 1) is null)
            reasons.Add(new UndefinedMeasure(Measure.Auroc,
                $"no interval: with {counts[1]} patients with the outcome and {counts[0]} without every resample gives "
                + "the same value, so how sure it is cannot be said"));
        if (judged.Value(Measure.CalibrationSlope) is null)
            reasons.Add(new UndefinedMeasure(Measure.CalibrationSlope,
                "the predictions separate the outcomes, so no finite line fits"));
        return reasons;
    }
}
