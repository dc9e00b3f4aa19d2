namespace FedMeta.Privacy;

/// <summary>The report in the words of one language.</summary>
/// <param name="Language">BCP 47 tag: "en" or "ko".</param>
/// <param name="Meaning">What the numbers mean for a person, one sentence each.</param>
/// <param name="Assumptions">What must hold for the claims to be true.</param>
/// <param name="NotProtected">What no number of the report speaks of.</param>
public sealed record ReportText(
    string Language,
    IReadOnlyList<string> Meaning,
    IReadOnlyList<string> Assumptions,
    IReadOnlyList<string> NotProtected);
