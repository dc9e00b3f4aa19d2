namespace FedMeta.Learning;

/// <summary>The first model's value minus the second's, on the same patients.</summary>
/// <param name="Measure">Which measure.</param>
/// <param name="First">Value of the first, mean over sites.</param>
/// <param name="Second">Value of the second.</param>
/// <param name="Interval">95 % interval of First - Second; null where the patients are too few for one.</param>
/// <param name="Verdict">Better or worse where the interval leaves zero out.</param>
public sealed record MeasureDifference(
    Measure Measure, double First, double Second, Interval? Interval, Verdict Verdict)
{
    /// <summary>First - Second.</summary>
    public double Difference => First - Second;
}
