namespace FedMeta.Privacy;

/// <summary>One figure of a schedule, with what it was computed on.</summary>
/// <param name="Remove">Upper bound of epsilon where the unit is compared with its absence.</param>
/// <param name="Add">Upper bound of epsilon the other way round.</param>
/// <param name="Lost">Probability that was cut off and counted as an infinite loss, in the worse direction; it is part
/// of delta.</param>
/// <param name="ReleasePoints">Grid points of all kinds of release, both directions.</param>
/// <param name="SumPoints">Grid points that were convolved, both directions.</param>
public sealed record PrivacyLossFigure(double Remove, double Add, double Lost, long ReleasePoints, long SumPoints)
{
    /// <summary>What a claim says: the larger of both directions.</summary>
    public double Epsilon => Math.Max(Remove, Add);
}
