using FedMeta.Server.Reports.Charts;
using FedMeta.Server.Reports.Markup;

namespace FedMeta.Server.Reports.Participation;

/// <summary>The participation report as a page, and its grid for the dashboard.</summary>
internal static class ParticipationPage
{
    /// <summary>The whole document.</summary>
    public static Html Render(ParticipationReport report) => Page.Render($"Participation: {report.Study}", Html.Of($"""
        <header><p class="soft">Participation report · FedMeta</p><h1>{report.Study}</h1><p><span class="state">{report.State}</span> document <code>{report.StudyHash}</code></p></header>
        {Page.Panel("grid", "By round", Grid(report))}
        {Page.Panel("sites", "By hospital", Page.Table(["Hospital", "Decision", "Included", "Attempts", "Shut out"], report.Sites.Select(s => new[] { Html.Of($"{s.Name} <span class=\"soft\">{s.Client}</span>"), Page.Text(s.Decision), Html.Of($"{s.Included}"), Html.Of($"{s.Cells.Count}"), Page.Text(s.ShutOut) })))}
        {(report.Conflicts.Count == 0 ? Html.Empty : Page.Panel("conflicts", "Key shares that did not fit", Conflicts(report)))}
        {Page.Panel("exclusions", "Everything that kept a hospital out", Exclusions(report))}
        """));

    /// <summary>The grid alone.</summary>
    public static Html Grid(ParticipationReport report) => ParticipationGrid.Render(
        [.. report.Attempts.Select(a => a.Number == 1 ? $"{a.Round}" : $"{a.Round}.{a.Number}")],
        [.. report.Sites.Select(s => (s.Name, Cells(s, report)))]);

    private static IReadOnlyList<(ParticipationMark, string)> Cells(ParticipationReport.Site site,
        ParticipationReport report) =>
        [.. site.Cells.Zip(report.Attempts).Select(c => (
            Enum.Parse<ParticipationMark>(c.First.Mark, ignoreCase: true),
            $"{site.Name}, round {c.Second.Round}, attempt {c.Second.Number}: {c.First.Mark}{(c.First.Reason.Length > 0 ? $" ({c.First.Reason})" : "")}, record {c.First.Record}"))];

    private static Html Conflicts(ParticipationReport report) => Page.Table(
        ["Round", "Attempt", "Whose secret", "Who held the share", "What"], report.Conflicts.Select(c => new[]
        {
            Html.Of($"{c.Round}{(c.Group == 0 ? "" : $", group {c.Group}")}"), Html.Of($"{c.Attempt}"),
            Page.Text(c.Dealer), Page.Text(c.Holder), Html.Of($"{c.Kind}{Page.Record(c.Record)}"),
        }));

    private static Html Exclusions(ParticipationReport report)
    {
        var rows = report.Sites.SelectMany(s => s.Cells.Zip(report.Attempts)
            .Where(c => c.First.Mark is "dropped" or "refused")
            .Select(c => (Site: s.Name, Cell: c.First, Attempt: c.Second))).OrderBy(r => r.Cell.Record).ToList();
        return rows.Count == 0
            ? Html.Of($"<p>Nothing did.</p>")
            : Page.Table(["Round", "Attempt", "Hospital", "What", "Reason"], rows.Select(r => new[]
            {
                Html.Of($"{r.Attempt.Round}"), Html.Of($"{r.Attempt.Number}"), Page.Text(r.Site),
                    Page.Text(r.Cell.Mark),
                Html.Of($"{r.Cell.Reason}{Page.Record(r.Cell.Record)}"),
            }));
    }
}
