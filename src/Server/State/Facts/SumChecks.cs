namespace FedMeta.Server.State.Facts;

/// <summary>What the coordinator found when it looked at the opened sums, before it adopted anything.</summary>
/// <param name="UpdateNorm">L2 norm of the released (noised) mean; of groups that were not combined the worst
/// one's.</param>
/// <param name="NormBound">The largest norm that honest hospitals and their noise explain; with groups of the one whose
/// bound is largest, or of the worst one.</param>
/// <param name="NearWrap">A coordinate of the sum came near the ring's edge, which costs accuracy, never
/// privacy.</param>
/// <param name="ProbeLoss">Loss of the model that the sum gave on the study's public probe set; null without one, or
/// where the norm had decided before.</param>
/// <param name="ProbeBest">The least loss of the models adopted so far, the initial one among them.</param>
/// <param name="Groups">Each group's own check, on which the combination rests; null where the round has one
/// sum.</param>
internal sealed record SumChecks(double UpdateNorm, double NormBound, bool NearWrap, double? ProbeLoss = null,
    double? ProbeBest = null, IReadOnlyList<GroupCheck>? Groups = null)
{
    /// <summary>Whether the loss is at most so much worse than the best so far.</summary>
    public bool PassesProbe(double tolerance) => ProbeLoss <= ProbeBest + tolerance;
}
