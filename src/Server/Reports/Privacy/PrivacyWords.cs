using System.Globalization;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Reports.Privacy;

/// <summary>The fixed sentences of the report. They claim nothing that the figures do not carry.</summary>
internal static class PrivacyWords
{
    /// <summary>The one sentence of the verdict box.</summary>
    public static string Verdict(bool within, string unit, double epsilon, double granted, double delta) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{(within ? "Within the approved budget" : "OVER the approved budget")}: the released models depend on any one {unit} by at most epsilon {epsilon:0.####} of {granted:0.####} at delta {delta:0.##e+0}.");

    /// <summary>Among whom a hospital's contribution hides.</summary>
    public static string AnonymitySet(StudyPlan plan)
    {
        var (terms, members) = (plan.Terms.Aggregation, plan.Members.Count);
        var (threshold, colluders) = (plan.Aggregation.Threshold, plan.Aggregation.Colluders);
        var floor = $"no sum of fewer than {threshold} is opened, and at least {threshold - colluders} of its inputs are honest if {colluders} collude";
        if (!terms.IsBucketed)
            return $"A hospital's contribution hides in the one sum of a round over all {members} members: {floor}. {plan.Aggregation.Claim}";
        var (smallest, largest) = (terms.SmallestSum(members), terms.LargestSum(members));
        var size = smallest == largest ? $"{largest}" : $"{smallest} or {largest}";
        return $"Each round divides the {members} members into {terms.Sums(members)} groups of {size}, drawn anew, and opens a sum for each: a hospital's contribution hides among the {size} of its own group, not among all {members}; {floor}. {plan.Aggregation.Claim}";
    }

    /// <summary>What leaves a hospital besides the masked sums.</summary>
    public static IReadOnlyList<string> OtherReleases { get; } =
    [
        "none that depends on patients: no losses, metrics, counts or clip bits are sent; a round's messages are keys, shares, signatures and one masked vector of fixed length",
        "whether and when a hospital takes part is visible to the coordinator and to the other members",
    ];
}
