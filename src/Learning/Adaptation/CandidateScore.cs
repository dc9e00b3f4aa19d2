namespace FedMeta.Learning;

/// <summary>One way to adapt and how it did.</summary>
/// <param name="Choice">The candidate.</param>
/// <param name="Steps">Its gradient steps; 0 where it takes none.</param>
/// <param name="Loss">Mean loss on held-out support patients; null where it was not compared.</param>
/// <param name="StandardError">Of the difference in loss to the candidate with the lowest loss; null where not
/// compared.</param>
/// <param name="Remark">Why it was left out, or that the guard stepped in; null where there is nothing to say.</param>
public sealed record CandidateScore(
    AdaptationChoice Choice, int Steps, double? Loss, double? StandardError, string? Remark)
{
    /// <summary>The words for it.</summary>
    public string Name => GuardedAdaptation.NameOf(Choice, Steps);
}
