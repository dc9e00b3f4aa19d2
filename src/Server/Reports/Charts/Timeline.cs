using FedMeta.Server.Reports.Markup;

namespace FedMeta.Server.Reports.Charts;

/// <summary>The round timeline: a lane for each hospital, phase bars, a deadline line and a now line.</summary>
internal sealed record Timeline(string Title, IReadOnlyList<Lane> Lanes)
{
    private const double Width = 560, Left = 130, LaneHeight = 24, Top = 26;

    /// <summary>Seconds at which the present phase closes, or null.</summary>
    public double? Deadline { get; init; }

    /// <summary>Seconds that have passed, or null for a round that is over.</summary>
    public double? Now { get; init; }

    /// <summary>The SVG.</summary>
    public Html Render()
    {
        if (Lanes.Count == 0)
            return Html.Of($"<p class=\"empty\">{Title}: no round has begun yet.</p>");
        var end = new[] { 1, Deadline ?? 0, Now ?? 0 }.Concat(Lanes.SelectMany(l => l.Bars).Select(b => b.To)).Max();
        double X(double seconds) => Left + seconds / end * (Width - Left - 10);
        var height = Top + Lanes.Count * LaneHeight + 22;
        var step = Chart.TickStep(end);
        var ticks = Enumerable.Range(0, (int)(end / step) + 1).Select(i => Html.Of(
            $"<text class=\"tick\" x=\"{Chart.At(X(i * step))}\" y=\"{height - 6}\" text-anchor=\"middle\">{Chart.Figure(i * step)} s</text>"));
        return Html.Of($"""
            <svg viewBox="0 0 {Width} {height}" role="img" aria-label="{Title}" class="chart"><title>{Title}</title>
            {Lanes.Index().Select(l => LaneOf(l.Item, Top + l.Index * LaneHeight, X))}{ticks}
            {Mark(Deadline, "deadline", "limit", height, X)}{Mark(Now, "now", "now", height, X)}</svg>
            <p class="legend"><span class="swatch bar-train"></span> training and check-in <span class="swatch bar-mask"></span> masked input <span class="swatch bar-open"></span> agreement and opening</p>
            """);
    }

    private static Html LaneOf(Lane lane, double y, Func<double, double> x) => Html.Of(
        $"<text class=\"tick\" x=\"{Left - 8}\" y=\"{Chart.At(y + 15)}\" text-anchor=\"end\">{lane.Site}</text>{lane.Bars.Select(b => Bar(b, y, x))}<text class=\"tick\" x=\"{Chart.At(x(lane.Bars.Count == 0 ? 0 : lane.Bars.Max(b => b.To)) + 6)}\" y=\"{Chart.At(y + 15)}\">{lane.Remark}</text>");

    private static Html Bar(LaneBar bar, double y, Func<double, double> x) => Html.Of(
        $"<rect class=\"{bar.Style}\" x=\"{Chart.At(x(bar.From))}\" y=\"{Chart.At(y + 3)}\" width=\"{Chart.At(Math.Max(1.5, x(bar.To) - x(bar.From)))}\" height=\"16\"><title>{bar.Note}</title></rect>");

    private static Html Mark(double? at, string text, string style, double height, Func<double, double> x) =>
        at is not { } seconds
        ? Html.Empty
        : Html.Of($"<line class=\"{style}\" x1=\"{Chart.At(x(seconds))}\" y1=\"18\" x2=\"{Chart.At(x(seconds))}\" y2=\"{height - 18}\"/><text class=\"tick\" x=\"{Chart.At(x(seconds))}\" y=\"13\" text-anchor=\"middle\">{text}</text>");
}
