namespace FedMeta.Learning;

/// <summary>Scores a parameter vector on a site's patients with the measures that fit the model's loss.</summary>
public static class Evaluator
{
    /// <summary>The evaluation of <paramref name="theta"/> on <paramref name="data"/>, one patient or more.</summary>
    /// <param name="model">The model.</param>
    /// <param name="theta">Its parameters.</param>
    /// <param name="data">Patients that theta has not been fitted to.</param>
    /// <param name="seed">Of the bootstrap.</param>
    public static Evaluation Evaluate(IModel<double> model, ReadOnlySpan<double> theta, Batch<double> data, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(model);
        var scores = new double[data.Count * model.Spec.Outputs];
        model.Predict(theta, data.Inputs.Span, scores);
        var loss = model.Loss(theta, data);
        var y = data.Targets.Span;
        switch (model.Spec.Loss)
        {
            case LossKind.BinaryCrossEntropy:
                ToProbabilities(model.Spec, scores);
                return Binary(scores, y, loss, seed);
            case LossKind.SoftmaxCrossEntropy:
                ToProbabilities(model.Spec, scores);
                var (expected, maximum) = MulticlassMetrics.CalibrationError(scores, model.Spec.Outputs, y);
                return new Evaluation
                {
                    Patients = data.Count,
                    Loss = loss,
                    Accuracy = MulticlassMetrics.Accuracy(scores, model.Spec.Outputs, y),
                    Auroc = MulticlassMetrics.MacroAuroc(scores, model.Spec.Outputs, y),
                    ExpectedCalibrationError = expected,
                    MaximumCalibrationError = maximum,
                };
            case LossKind.CoxPartialLikelihood:
                var (time, happened) = (new double[data.Count], new double[data.Count]);
                for (var i = 0; i < data.Count; i++) (time[i], happened[i]) = (y[2 * i], y[2 * i + 1]);
                return new Evaluation
                {
                    Patients = data.Count,
                    Positives = happened.Count(e => e > 0),
                    Loss = loss,
                    Concordance = ConcordanceIndex.Harrell(time, happened, scores),
                };
            default:
                return new Evaluation { Patients = data.Count, Loss = loss };
        }
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

    private static Evaluation Binary(double[] p, ReadOnlySpan<double> y, double loss, ulong seed)
    {
        var (expected, maximum) = Metrics.CalibrationError(p, y);
        var positives = 0;
        foreach (var label in y) positives += label > 0 ? 1 : 0;
        return new Evaluation
        {
            Patients = p.Length,
            Positives = positives,
            Loss = loss,
            Accuracy = Metrics.Accuracy(p, y),
            Auroc = Metrics.Auroc(p, y),
            AurocInterval = Bootstrap.Percentile(Metrics.Auroc, p, y, seed),
            AveragePrecision = Metrics.AveragePrecision(p, y),
            Brier = Metrics.Brier(p, y),
            ExpectedCalibrationError = expected,
            MaximumCalibrationError = maximum,
            Calibration = CalibrationLine.Fit(p, y),
        };
    }
}
