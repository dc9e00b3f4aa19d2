namespace FedMeta.Server.Reports.Privacy.Sections;

/// <summary>One page in plain words; <c>Language</c> is a BCP 47 tag.</summary>
internal sealed record SummaryPage(string Language, string Heading, string Verdict,
    IReadOnlyList<SummaryPage.Part> Parts)
{
    /// <summary>A question and its answer.</summary>
    internal sealed record Part(string Heading, string Text);
}
