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

    /// <summary>Share of right labels at 0.5, or of the most probable class.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Area under the ROC curve (macro, one against the rest, for several classes).</summary>
    public double? Auroc { get; init; }

    /// <summary>95 % bootstrap interval of <see cref="Auroc"/>, binary outcomes only.</summary>
    public Interval? AurocInterval { get; init; }

    /// <summary>Average precision.</summary>
    public double? AveragePrecision { get; init; }

    /// <summary>Brier score.</summary>
    public double? Brier { get; init; }

    /// <summary>Expected calibration error, ten bins.</summary>
    public double? ExpectedCalibrationError { get; init; }

    /// <summary>Largest gap of a bin.</summary>
    public double? MaximumCalibrationError { get; init; }

    /// <summary>Logistic calibration, binary outcomes only.</summary>
    public CalibrationLine? Calibration { get; init; }

    /// <summary>Harrell's C with its comparable pairs, survival only.</summary>
    public ConcordanceIndex? Concordance { get; init; }
}
