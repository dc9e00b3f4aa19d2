using FedMeta.Server.Reports.Markup;

namespace FedMeta.Server.Reports.Charts;

/// <summary>Hospitals by attempts, one shape in each cell, with the reason and the record number on hover.</summary>
internal static class ParticipationGrid
{
    /// <summary>Draws the grid. Every row has one cell for each column.</summary>
    public static Html Render(IReadOnlyList<string> columns,
        IReadOnlyList<(string Site, IReadOnlyList<(ParticipationMark Mark, string Note)> Cells)> rows)
    {
        if (columns.Count == 0 || rows.Count == 0)
            return Html.Of($"<p class=\"empty\">No round has begun yet.</p>");
        const int cell = 18, left = 150, top = 24;
        var width = left + columns.Count * cell + 10;
        var height = top + rows.Count * cell + 6;
        var every = Math.Max(1, columns.Count / 12);
        var heads = columns.Index().Where(c => c.Index % every == 0).Select(c => Html.Of(
            $"<text class=\"tick\" x=\"{left + c.Index * cell + cell / 2}\" y=\"16\" text-anchor=\"middle\">{c.Item}</text>"));
        var body = rows.Index().Select(r => Html.Of(
            $"<text class=\"tick\" x=\"{left - 8}\" y=\"{top + r.Index * cell + 13}\" text-anchor=\"end\">{r.Item.Site}</text>{r.Item.Cells.Index().Select(c => Cell(left + c.Index * cell + cell / 2, top + r.Index * cell + cell / 2, c.Item.Mark, c.Item.Note))}"));
        return Html.Of($"""
            <div class="scroll"><svg width="{width}" height="{height}" role="img" aria-label="Participation by round" class="grid-chart"><title>Participation by round</title><desc>One row for each hospital, one column for each attempt at a round; each cell says on hover what became of the hospital and why.</desc>{heads}{body}</svg></div>
            <p class="legend"><b>●</b> in the sum <b>□</b> in a sum that was rolled back <b>◯</b> answered, attempt aborted <b>✕</b> dropped <b>▲</b> refused <b>·</b> not asked</p>
            """);
    }

    private static Html Cell(int x, int y, ParticipationMark mark, string note)
    {
        var shape = mark switch
        {
            ParticipationMark.Included => Html.Of($"<circle class=\"mark-in\" cx=\"{x}\" cy=\"{y}\" r=\"5.5\"/>"),
            ParticipationMark.Aborted => Html.Of($"<circle class=\"mark-ring\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>"),
            ParticipationMark.RolledBack =>
                Html.Of($"<rect class=\"mark-ring\" x=\"{x - 5}\" y=\"{y - 5}\" width=\"10\" height=\"10\"/>"),
            ParticipationMark.Dropped =>
                Html.Of($"<path class=\"mark-cross\" d=\"M{x - 5} {y - 5}l10 10m0 -10l-10 10\"/>"),
            ParticipationMark.Refused => Html.Of($"<path class=\"mark-refused\" d=\"M{x} {y - 6}l6 11h-12z\"/>"),
            _ => Html.Of($"<circle class=\"mark-absent\" cx=\"{x}\" cy=\"{y}\" r=\"1.5\"/>"),
        };
        return Html.Of($"<g><title>{note}</title><rect x=\"{x - 9}\" y=\"{y - 9}\" width=\"18\" height=\"18\" class=\"hit\"/>{shape}</g>");
    }
}
