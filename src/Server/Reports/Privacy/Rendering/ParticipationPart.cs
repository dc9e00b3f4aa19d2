using FedMeta.Privacy;
using FedMeta.Server.Reports.Charts;
using FedMeta.Server.Reports.Markup;
using FedMeta.Server.Reports.Privacy.Sections;

namespace FedMeta.Server.Reports.Privacy.Rendering;

/// <summary>Section 5.</summary>
internal static class ParticipationPart
{
    /// <summary>The grid, the attempts and the hospitals.</summary>
    public static Html Render(PrivacyReport report)
    {
        var p = report.Participation;
        return Page.Panel("participation", "5 Participation", Html.Of($"""
            <p>{p.Enrolled} hospitals are enrolled, {p.Approved} approved. No sum of fewer than {p.MinSurvivors} is opened; the smallest that was had {(p.FewestSurvivors is { } fewest ? $"{fewest}" : "none yet")}. {p.AbortedAttempts} attempts were aborted, {p.AbortedCharged} of them charged. Noise that was added and taken off again: {(p.NoiseRemoved == 0 ? "none, shares stay in the sum" : $"{p.NoiseRemoved} shares")}.</p>
            <p>{p.Crowd.Sentence}</p>{Grid(p)}
            {Page.Table(["Round", "Attempt", "Outcome", "Roster", "Sums", "Included", "Smallest sum", "Honest in it", "Charged"], p.Rounds.Select(Round), "Every attempt")}
            {Page.Table(["Hospital", "In sums", "Charged", "Stated epsilon", "Masked bytes announced"], p.Sites.Select(Site), "Every hospital. The stated cost is its own, signed with its key; it may be higher than the study's, because a hospital also charges rounds that broke off at its side")}
            """));
    }

    private static Html Grid(ParticipationSection p) => ParticipationGrid.Render(
        [.. p.Rounds.Select(r => r.Attempt == 1 ? $"{r.Number}" : $"{r.Number}.{r.Attempt}")],
        [.. p.Sites.Select(s => (s.Name, Cells(s, p)))]);

    private static IReadOnlyList<(ParticipationMark, string)> Cells(ParticipationSection.HospitalLine site,
        ParticipationSection p) =>
        [.. site.Marks.Zip(p.Rounds).Select(c => (
            Enum.Parse<ParticipationMark>(c.First.Name, ignoreCase: true),
            $"{site.Name}, round {c.Second.Number}, attempt {c.Second.Attempt}: {c.First.Name}{(c.First.Reason.Length > 0 ? $" ({c.First.Reason})" : "")}, record {c.First.Record}"))];

    private static Html[] Round(ParticipationSection.AttemptLine r) =>
    [
        Html.Of($"<span id=\"record-{r.StartRecord}\">{r.Number}</span>{Page.Record(r.StartRecord)}"),
        Html.Of($"{r.Attempt}"),
        Html.Of($"<span id=\"record-{r.EndRecord}\">{r.Outcome}</span>{Page.Record(r.EndRecord)}"),
        Html.Of($"{r.Roster}"), Html.Of($"{r.Sums}"), Html.Of($"{r.Included}"),
        Page.Text(r.Included == 0 ? "no sum" : $"{r.Survivors}"), Page.Text(r.Included == 0 ? "no sum" : $"{r.Honest}"),
        Page.Text(r.Charged ? "yes" : "no"),
    ];

    private static Html[] Site(ParticipationSection.HospitalLine s) =>
    [
        Html.Of($"{s.Name} <span class=\"soft\">{s.Client}</span>{Page.Record(s.LastRecord)}"),
        Html.Of($"{s.Included}"), Html.Of($"{s.Charged}"), Page.Text(ReportNumbers.Up(s.StatedEpsilon)),
        Html.Of($"{s.BytesSent:N0}"),
    ];
}
