namespace FedMeta.Learning;

/// <summary>What a model is judged by on one site's patients.</summary>
public enum Measure
{
    /// <summary>Mean loss: log loss, squared error, or Cox's partial likelihood.</summary>
    Loss,

    /// <summary>Area under the ROC curve.</summary>
    Auroc,

    /// <summary>Share of right labels at 0.5, or of the most probable class.</summary>
    Accuracy,

    /// <summary>Mean squared distance of probability and label.</summary>
    Brier,

    /// <summary>Expected calibration error, ten bins.</summary>
    CalibrationError,

    /// <summary>Intercept of the logistic calibration line.</summary>
    CalibrationIntercept,

    /// <summary>Slope of the logistic calibration line.</summary>
    CalibrationSlope,

    /// <summary>Harrell's C.</summary>
    Concordance,
}
