namespace FedMeta.Learning;

/// <summary>How a model did on one site's patients; counts stand beside every value. Null: undefined on these
/// data.</summary>
public sealed record Evaluation
{
    /// <summary>Patients.</summary>
    public required int Patients { get; init; }

    /// <summary>Patients with the outcome (label 1, or an event); null for classes and for regression.</summary>
    public int? Positives { get; init; }

    /// <summary>Positives / Patients.</summary>
    public double? Prevalence => (double?)Positives / Patients;

    /// <summary>Mean loss: log loss, squared error or Cox loss.</summary>
    public required double Loss { get; init; }

    /// <summary>95 % bootstrap interval of <see cref="Loss"/>.</summary>
    public Interval? LossInterval { get; init; }

    /// <summary>Share of right labels at 0.5, or of the most probable class.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Wilson's 95 % interval of <see cref="Accuracy"/>.</summary>
    public Interval? AccuracyInterval { get; init; }

    /// <summary>Area under the ROC curve (macro, one against the rest, for several classes).</summary>
    public double? Auroc { get; init; }

    /// <summary>95 % bootstrap interval of <see cref="Auroc"/>, resampled within outcomes.</summary>
    public Interval? AurocInterval { get; init; }

    /// <summary>Average precision.</summary>
    public double? AveragePrecision { get; init; }

    /// <summary>Brier score.</summary>
    public double? Brier { get; init; }

    /// <summary>95 % bootstrap interval of <see cref="Brier"/>.</summary>
    public Interval? BrierInterval { get; init; }

    /// <summary>Expected calibration error, ten bins. It has no interval: resampled patients, and few patients as
    /// well, make it too large.</summary>
    public double? ExpectedCalibrationError { get; init; }

    /// <summary>Largest gap of a bin.</summary>
    public double? MaximumCalibrationError { get; init; }

    /// <summary>Logistic calibration, binary outcomes only.</summary>
    public CalibrationLine? Calibration { get; init; }

    /// <summary>95 % bootstrap interval of the line's intercept.</summary>
    public Interval? CalibrationInterceptInterval { get; init; }

    /// <summary>95 % bootstrap interval of the line's slope.</summary>
    public Interval? CalibrationSlopeInterval { get; init; }

    /// <summary>Harrell's C with its comparable pairs, survival only.</summary>
    public ConcordanceIndex? Concordance { get; init; }

    /// <summary>95 % bootstrap interval of Harrell's C, resampled within events and censored patients.</summary>
    public Interval? ConcordanceInterval { get; init; }

    /// <summary>What is null although it belongs to this kind of outcome, and why.</summary>
    public IReadOnlyList<UndefinedMeasure> Undefined { get; init; } = [];

    /// <summary>The value of a measure; null where it is undefined on these patients.</summary>
    public double? Value(Measure measure) => measure switch
    {
        Measure.Loss => Loss,
        Measure.Auroc => Auroc,
        Measure.Accuracy => Accuracy,
        Measure.Brier => Brier,
        Measure.CalibrationError => ExpectedCalibrationError,
        Measure.CalibrationIntercept => Calibration?.Intercept,
        Measure.CalibrationSlope => Calibration?.Slope,
        _ => Concordance?.Value,
    };
}
