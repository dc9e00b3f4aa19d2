using FedMeta.Server.Reports.Charts;
using FedMeta.Server.Reports.Markup;

namespace FedMeta.Server.Reports.Privacy;

/// <summary>The long tables of the privacy page.</summary>
internal static class PrivacyPageTables
{
    /// <summary>Every attempt.</summary>
    public static Html Rounds(PrivacyReport report) => Page.Panel("rounds", "Rounds", Page.Table(
        ["Round", "Attempt", "Outcome", "Roster", "Sums", "Included", "Honest at least", "Charged", "Epsilon after"],
        report.Rounds.Select(r => new[]
        {
            Html.Of($"<span id=\"record-{r.StartRecord}\">{r.Round}</span>{Page.Record(r.StartRecord)}"),
            Html.Of($"{r.Attempt}"),
            Html.Of($"<span id=\"record-{r.EndRecord}\">{r.Outcome}</span>{Page.Record(r.EndRecord)}"),
            Html.Of($"{r.Roster}"),
            Html.Of($"{r.Sums}"),
            Html.Of($"{r.Included}"),
            Page.Text(r.Included == 0 ? "no sum" : $"{r.Honest}"),
            Page.Text(r.Charged ? "yes" : "no"),
            Page.Text(Chart.Figure(r.EpsilonAfter)),
        })));

    /// <summary>What each hospital did.</summary>
    public static Html Sites(PrivacyReport report) => Page.Panel("sites", "Hospitals", Html.Of($"""
        <p class="soft">The stated cost is the hospital's own, signed with its key; it may be higher than the study's, because a hospital also charges rounds that broke off at its side.</p>
        {Page.Table(["Hospital", "In sums", "Charged", "Stated epsilon", "Masked bytes announced"], report.Sites.Select(s => new[]
        {
            Html.Of($"{s.Name} <span class=\"soft\">{s.Client}</span>{Page.Record(s.LastRecord)}"),
            Html.Of($"{s.Included}"),
            Html.Of($"{s.Charged}"),
            Page.Text(Chart.Figure(s.StatedEpsilon)),
            Html.Of($"{s.BytesSent:N0}"),
        }))}
        """));

    /// <summary>Who approved what.</summary>
    public static Html Decisions(PrivacyReport report) => Page.Panel("decisions", "Approvals", Page.Table(
        ["Hospital", "Decision", "When", "Key", "Signature"],
        report.Decisions.Select(d => new[]
        {
            Page.Text(d.Name),
            Html.Of($"{d.Decision}{(d.Reason.Length > 0 ? Html.Of($": {d.Reason}") : Html.Empty)}{Page.Record(d.Record)}"),
            Page.Text(d.DecidedAt),
            Page.Text(d.Fingerprint),
            Page.Text(d.Record == 0 ? "" : d.SignatureValid ? "✔ valid" : "✘ INVALID"),
        })));
}
