namespace FedMeta.Learning;

/// <summary>What is known of the measures themselves.</summary>
public static class Measures
{
    /// <summary>The name that a reader knows.</summary>
    public static string NameOf(Measure measure, LossKind loss) => measure switch
    {
        Measure.Loss => loss switch
        {
            LossKind.SquaredError => "squared error",
            LossKind.CoxPartialLikelihood => "Cox loss",
            _ => "log loss",
        },
        Measure.Auroc => "AUROC",
        Measure.Accuracy => "accuracy",
        Measure.Brier => "Brier score",
        Measure.CalibrationError => "calibration error (ECE)",
        Measure.CalibrationIntercept => "calibration intercept",
        Measure.CalibrationSlope => "calibration slope",
        _ => "Harrell's C",
    };

    /// <summary>How far a value is from the best that the measure can be: what "worst" means. Nothing is worse than no
    /// number.</summary>
    public static double Badness(Measure measure, double value) => measure switch
    {
        _ when double.IsNaN(value) => double.PositiveInfinity,
        Measure.Auroc or Measure.Accuracy or Measure.Concordance => -value,
        Measure.CalibrationIntercept => Math.Abs(value),
        Measure.CalibrationSlope => Math.Abs(value - 1),
        _ => value,
    };

    /// <summary>The measure of ranking for a loss: Harrell's C for survival, else the AUROC.</summary>
    public static Measure Ranking(LossKind loss) =>
        loss == LossKind.CoxPartialLikelihood ? Measure.Concordance : Measure.Auroc;
}
