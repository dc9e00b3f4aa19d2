using FedMeta.Privacy;
using FedMeta.Server.Reports.Markup;
using FedMeta.Server.Reports.Privacy.Sections;

namespace FedMeta.Server.Reports.Privacy.Rendering;

/// <summary>Sections 6, 7 and 8.</summary>
internal static class EventsPart
{
    /// <summary>Releases, deviations and the empirical audit.</summary>
    public static Html Render(PrivacyReport report) => Html.Of($"""
        {Page.Panel("releases", "6 Released besides the models", Releases(report.Releases))}
        {Page.Panel("deviations", "7 Deviations", Deviations(report.Deviations))}
        {Page.Panel("audit", "8 Empirical audit", Audit(report.EmpiricalAudit))}
        """);

    private static Html Releases(ReleasesSection releases) => Html.Of($"""
        <p><b>{(releases.DependsOnPatients ? "Some of it depends on patients' values." : "None that depends on patients' values.")}</b></p>
        {Page.Table(["What", "Seen by", "Charge (rho)", "Why"], releases.Items.Select(i => new[] { Page.Text(i.What), Page.Text(i.SeenBy), Page.Text(i.Charge), Page.Text(i.Why) }))}
        """);

    private static Html Deviations(DeviationsSection deviations) => Html.Of($"""
        {(deviations.Items.Count == 0 ? Html.Of($"<p>None on record.</p>") : Html.Of($"<ul>{deviations.Items.Select(d => Html.Of($"<li class=\"warn\">{d.Text}{Page.Record(d.Record)}</li>"))}</ul>"))}
        <p>Sums near the edge of the ring: {deviations.NearWraps}. Changes of the signed parameters: {deviations.ParameterChanges}; a changed byte voids every approval.</p>
        <h3>What no report can count</h3><ul>{deviations.NotVisible.Select(n => Html.Of($"<li>{n}</li>"))}</ul>
        """);

    private static Html Audit(AuditSection audit) => audit.Result is not { } found
        ? Html.Of($"<p><span class=\"state\">not run</span> {audit.Sentence}</p>")
        : Html.Of($"<p>{audit.Sentence}{Page.Record(found.Record)}</p><p>Epsilon is at least {ReportNumbers.Up(found.EpsilonLowerBound)} at delta {ReportNumbers.Delta(found.Delta)}, with confidence {found.Confidence:0.###}: {found.Correct} of {found.Guesses} guesses about {found.Canaries} canaries were right.</p>");
}
