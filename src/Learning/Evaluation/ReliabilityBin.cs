namespace FedMeta.Learning;

/// <summary>Patients whose predicted probability lies in one bin, beside what happened to them.</summary>
/// <param name="From">Lower edge, not in the bin (0 is).</param>
/// <param name="To">Upper edge, in the bin.</param>
/// <param name="Patients">How many, 1 or more: a bin without patients is not listed.</param>
/// <param name="Predicted">Their mean probability.</param>
/// <param name="Observed">Share of them with the outcome (or whose most probable class was right).</param>
public sealed record ReliabilityBin(double From, double To, int Patients, double Predicted, double Observed)
{
    /// <summary>Wilson's 95 % interval of <see cref="Observed"/>.</summary>
    public Interval ObservedInterval => Interval.Wilson(Observed, Patients);
}
