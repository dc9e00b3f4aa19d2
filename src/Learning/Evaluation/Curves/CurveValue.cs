namespace FedMeta.Learning;

/// <summary>A measure at one point of a curve.</summary>
/// <param name="Mean">Mean over the draws of patients.</param>
/// <param name="Lowest">Of the draws.</param>
/// <param name="Highest">Of the draws.</param>
/// <param name="Interval">Where 95 of 100 single draws fall when the judged patients are drawn anew too; null for the
/// calibration error, which resampling biases, and where no resample differs.</param>
public sealed record CurveValue(double Mean, double Lowest, double Highest, Interval? Interval);
