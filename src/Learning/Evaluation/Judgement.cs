namespace FedMeta.Learning;

/// <summary>
/// What one model says of a site's held-out patients, beside what happened to them: the one thing that measures,
/// intervals, comparisons and pictures are all computed from.
/// </summary>
public sealed class Judgement
{
    private readonly double[] _predictions;
    private readonly double[] _targets;
    private readonly double[]? _losses;

    private Judgement(ModelSpec spec, double[] predictions, double[] targets, double[]? losses, double loss)
    {
        (Spec, _predictions, _targets, _losses, Loss) = (spec, predictions, targets, losses, loss);
    }

    /// <summary>The model.</summary>
    public ModelSpec Spec { get; }

    /// <summary>The mean loss.</summary>
    public double Loss { get; }

    /// <summary>Patients, 1 or more.</summary>
    public int Patients => _targets.Length / Spec.TargetWidth;

    /// <summary>[patients, outputs]: probabilities, values, or log risks.</summary>
    public ReadOnlySpan<double> Predictions => _predictions;

    /// <summary>[patients, target width]: labels, class indices, values, or (time, event).</summary>
    public ReadOnlySpan<double> Targets => _targets;

    /// <summary>Judges <paramref name="theta"/> on patients that it has not been fitted to.</summary>
    /// <exception cref="ArgumentException">There is no patient.</exception>
    public static Judgement Of(IModel<double> model, ReadOnlySpan<double> theta, Batch<double> data)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (data.Count == 0) throw new ArgumentException("nothing can be judged on no patient");
        var scores = new double[data.Count * model.Spec.Outputs];
        model.Predict(theta, data.Inputs.Span, scores);
        var losses = LossesOf(model.Spec, scores, data.Targets.Span);
        Evaluator.ToProbabilities(model.Spec, scores);
        return new Judgement(model.Spec, scores, data.Targets.ToArray(), losses, model.Loss(theta, data));
    }

    /// <summary>The value of a measure over all patients; null where it is undefined on them or does not fit the
    /// loss.</summary>
    public double? Value(Measure measure) => measure == Measure.Loss ? Loss : Compute(measure, _predictions, _targets);

    /// <summary>The value over some rows, a row as often as it is named.</summary>
    public double? Value(Measure measure, ReadOnlySpan<int> rows)
    {
        if (measure == Measure.Loss && _losses is not null)
        {
            double sum = 0;
            foreach (var row in rows) sum += _losses[row];
            return sum / rows.Length;
        }

        var (p, y) = (Rows(_predictions, Spec.Outputs, rows), Rows(_targets, Spec.TargetWidth, rows));
        return measure == Measure.Loss ? new CoxHead<double>().Loss(rows.Length, p, y) : Compute(measure, p, y);
    }

    /// <summary>Percentile interval of a measure; ranking measures are resampled within outcomes.</summary>
    /// <param name="measure">One that a resample does not bias: not the calibration error.</param>
    /// <param name="seed">Same seed, same interval.</param>
    public Interval? IntervalOf(Measure measure, ulong seed) =>
        Bootstrap.Percentile(rows => Value(measure, rows), Strata(measure), seed);

    /// <summary>The bins of the calibration error; empty for losses without probabilities.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability() => Spec.Loss switch
    {
        LossKind.BinaryCrossEntropy when Spec.Outputs == 1 => Metrics.Reliability(_predictions, _targets),
        LossKind.SoftmaxCrossEntropy => MulticlassMetrics.Reliability(_predictions, Spec.Outputs, _targets),
        _ => [],
    };

    /// <summary>Intervals of the calibration line, which resamples have both of at once.</summary>
    internal (Interval? Intercept, Interval? Slope) CalibrationIntervals(ulong seed)
    {
        var both = Bootstrap.Percentiles(rows =>
        {
            var line = CalibrationLine.FitLine(Rows(_predictions, 1, rows), Rows(_targets, 1, rows));
            return [line?.Intercept, line?.Slope];
        }, Strata(Measure.CalibrationSlope), seed);
        return (both[0], both[1]);
    }

    /// <summary>Outcome per row where the measure needs every outcome in each resample, else one stratum.</summary>
    internal int[] Strata(Measure measure)
    {
        var strata = new int[Patients];
        if (measure is not (Measure.Auroc or Measure.Concordance) || !HasOutcomes) return strata;
        for (var i = 0; i < strata.Length; i++) strata[i] = (int)_targets[(i + 1) * Spec.TargetWidth - 1];
        return strata;
    }

    /// <summary>How many patients there are of each outcome, by outcome: labels, classes or event and none; empty for
    /// regression.</summary>
    internal IReadOnlyDictionary<int, int> Outcomes() => HasOutcomes
        ? Strata(Measures.Ranking(Spec.Loss)).CountBy(s => s).ToDictionary(c => c.Key, c => c.Value)
        : new Dictionary<int, int>();

    /// <summary>The loss of every patient alone; null for survival, where it has none.</summary>
    private static double[]? LossesOf(ModelSpec spec, ReadOnlySpan<double> scores, ReadOnlySpan<double> targets)
    {
        ILossHead<double>? head = spec.Loss switch
        {
            LossKind.SquaredError => new SquaredErrorHead<double>(),
            LossKind.BinaryCrossEntropy => new BinaryCrossEntropyHead<double>(),
            LossKind.SoftmaxCrossEntropy => new SoftmaxCrossEntropyHead<double>(spec.Outputs),
            _ => null,
        };
        if (head is null) return null;
        var losses = new double[scores.Length / spec.Outputs];
        for (var i = 0; i < losses.Length; i++)
        {
            losses[i] = head.Loss(1, scores.Slice(i * spec.Outputs, spec.Outputs),
                targets.Slice(i * spec.TargetWidth, spec.TargetWidth));
        }

        return losses;
    }

    private bool HasOutcomes => Spec.Loss is LossKind.SoftmaxCrossEntropy or LossKind.CoxPartialLikelihood
        || (Spec.Loss == LossKind.BinaryCrossEntropy && Spec.Outputs == 1);

    private double? Compute(Measure measure, double[] p, double[] y) => Spec.Loss switch
    {
        LossKind.BinaryCrossEntropy when Spec.Outputs == 1 => measure switch
        {
            Measure.Auroc => Metrics.Auroc(p, y),
            Measure.Accuracy => Metrics.Accuracy(p, y),
            Measure.Brier => Metrics.Brier(p, y),
            Measure.CalibrationError => Metrics.CalibrationError(p, y).Expected,
            Measure.CalibrationIntercept => CalibrationLine.FitLine(p, y)?.Intercept,
            Measure.CalibrationSlope => CalibrationLine.FitLine(p, y)?.Slope,
            _ => null,
        },
        LossKind.SoftmaxCrossEntropy => measure switch
        {
            Measure.Auroc => MulticlassMetrics.MacroAuroc(p, Spec.Outputs, y),
            Measure.Accuracy => MulticlassMetrics.Accuracy(p, Spec.Outputs, y),
            Measure.CalibrationError => MulticlassMetrics.CalibrationError(p, Spec.Outputs, y).Expected,
            _ => null,
        },
        LossKind.CoxPartialLikelihood => measure == Measure.Concordance ? Harrell(p, y).Value : null,
        _ => null,
    };

    /// <summary>Harrell's C over (time, event) rows.</summary>
    internal static ConcordanceIndex Harrell(ReadOnlySpan<double> risks, ReadOnlySpan<double> y)
    {
        var (time, happened) = (new double[risks.Length], new double[risks.Length]);
        for (var i = 0; i < risks.Length; i++) (time[i], happened[i]) = (y[2 * i], y[2 * i + 1]);
        return ConcordanceIndex.Harrell(time, happened, risks);
    }

    private static double[] Rows(double[] all, int width, ReadOnlySpan<int> rows)
    {
        var some = new double[rows.Length * width];
        for (var i = 0; i < rows.Length; i++) all.AsSpan(rows[i] * width, width).CopyTo(some.AsSpan(i * width));
        return some;
    }
}
