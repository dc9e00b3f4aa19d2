namespace FedMeta.Learning;

/// <summary>Scores a parameter vector on a site's patients with the measures that fit the model's loss.</summary>
public static class Evaluator
{
    /// <summary>The evaluation of <paramref name="theta"/> on <paramref name="data"/>, one patient or more.</summary>
    /// <param name="model">The model.</param>
    /// <param name="theta">Its parameters.</param>
    /// <param name="data">Patients that theta has not been fitted to.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public static Evaluation Evaluate(
        IModel<double> model, ReadOnlySpan<double> theta, Batch<double> data, ulong seed) =>
        Evaluate(Judgement.Of(model, theta, data), seed);

    /// <summary>The evaluation of predictions.</summary>
    public static Evaluation Evaluate(Judgement judged, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(judged);
        var p = judged.Predictions;
        var y = judged.Targets;
        var common = new Evaluation
        {
            Patients = judged.Patients,
            Loss = judged.Loss,
            LossInterval = judged.IntervalOf(Measure.Loss, seed),
            Undefined = Undefinedness.Of(judged),
        };
        return judged.Spec.Loss switch
        {
            LossKind.BinaryCrossEntropy when judged.Spec.Outputs == 1 => Binary(common, judged, p, y, seed),
            LossKind.SoftmaxCrossEntropy => Classes(common, judged, p, y, seed),
            LossKind.CoxPartialLikelihood => Survival(common, judged, p, y, seed),
            _ => common,
        };
    }

    /// <summary>Turns raw outputs [n, outputs] into probabilities in place; other losses' outputs stay.</summary>
    public static void ToProbabilities(ModelSpec spec, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Loss == LossKind.BinaryCrossEntropy)
        {
            foreach (ref var score in scores) score = ElementaryFunctions.Sigmoid(score);
        }
        else if (spec.Loss == LossKind.SoftmaxCrossEntropy)
        {
            var row = new double[spec.Outputs];
            for (var start = 0; start < scores.Length; start += spec.Outputs)
            {
                SoftmaxCrossEntropyHead<double>.Softmax(scores.Slice(start, spec.Outputs), row);
                row.CopyTo(scores[start..]);
            }
        }
    }

    private static Evaluation Binary(
        Evaluation common, Judgement judged, ReadOnlySpan<double> p, ReadOnlySpan<double> y, ulong seed)
    {
        var (expected, maximum) = Metrics.CalibrationError(p, y);
        var positives = 0;
        foreach (var label in y) positives += label > 0 ? 1 : 0;
        var accuracy = Metrics.Accuracy(p, y);
        var (intercept, slope) = judged.CalibrationIntervals(seed);
        return common with
        {
            Positives = positives,
            Accuracy = accuracy,
            AccuracyInterval = Interval.Wilson(accuracy, p.Length),
            Auroc = Metrics.Auroc(p, y),
            AurocInterval = judged.IntervalOf(Measure.Auroc, seed),
            AveragePrecision = Metrics.AveragePrecision(p, y),
            Brier = Metrics.Brier(p, y),
            BrierInterval = judged.IntervalOf(Measure.Brier, seed),
            ExpectedCalibrationError = expected,
            MaximumCalibrationError = maximum,
            Calibration = CalibrationLine.Fit(p, y),
            CalibrationInterceptInterval = intercept,
            CalibrationSlopeInterval = slope,
        };
    }

    private static Evaluation Classes(
        Evaluation common, Judgement judged, ReadOnlySpan<double> p, ReadOnlySpan<double> y, ulong seed)
    {
        var classes = judged.Spec.Outputs;
        var (expected, maximum) = MulticlassMetrics.CalibrationError(p, classes, y);
        var accuracy = MulticlassMetrics.Accuracy(p, classes, y);
        return common with
        {
            Accuracy = accuracy,
            AccuracyInterval = Interval.Wilson(accuracy, judged.Patients),
            Auroc = MulticlassMetrics.MacroAuroc(p, classes, y),
            AurocInterval = judged.IntervalOf(Measure.Auroc, seed),
            ExpectedCalibrationError = expected,
            MaximumCalibrationError = maximum,
        };
    }

    private static Evaluation Survival(
        Evaluation common, Judgement judged, ReadOnlySpan<double> p, ReadOnlySpan<double> y, ulong seed)
    {
        var events = 0;
        for (var i = 1; i < y.Length; i += 2) events += y[i] > 0 ? 1 : 0;
        return common with
        {
            Positives = events,
            Concordance = Judgement.Harrell(p, y),
            ConcordanceInterval = judged.IntervalOf(Measure.Concordance, seed),
        };
    }
}
