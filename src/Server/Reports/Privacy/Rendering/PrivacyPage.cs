using FedMeta.Server.Reports.Markup;

namespace FedMeta.Server.Reports.Privacy.Rendering;

/// <summary>The privacy report as one self-contained page: the same object as the JSON, nothing more. The summary comes
/// first and prints as page one.</summary>
internal static class PrivacyPage
{
    /// <summary>The whole document.</summary>
    public static Html Render(PrivacyReport report) => Page.Render($"Privacy report: {report.Identity.Study}", Html.Of($"""
        {SummaryPart.Render(report)}
        {IdentityPart.Render(report)}{ClaimsPart.Render(report)}{BudgetPart.Render(report)}{MechanismPart.Render(report)}
        {ParticipationPart.Render(report)}{EventsPart.Render(report)}{MeaningPart.Render(report)}{LimitsPart.Render(report)}
        {SignaturesPart.Render(report)}
        <section id="document"><h2>Appendix: the signed study document</h2><p>SHA-256 <code>{report.Identity.StudyHash}</code>{Page.Record(report.Identity.ProposedRecord)}</p><pre>{report.Document}</pre></section>
        """));
}
