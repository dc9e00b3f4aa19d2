namespace FedMeta.Privacy;

/// <summary>One page in plain words.</summary>
/// <param name="Language">BCP 47 tag: "en" or "ko".</param>
/// <param name="Heading">Its title.</param>
/// <param name="Verdict">The answer in one sentence.</param>
/// <param name="Parts">What the reader needs to know, in order.</param>
public sealed record ReportSummary(
    string Language, string Heading, string Verdict, IReadOnlyList<SummaryPart> Parts);
