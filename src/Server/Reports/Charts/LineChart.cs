using FedMeta.Server.Reports.Markup;

namespace FedMeta.Server.Reports.Charts;

/// <summary>A line chart from zero, with ticks, a legend, an optional limit line and hover texts; plain SVG.</summary>
internal sealed record LineChart(string Title, string XLabel, string YLabel, IReadOnlyList<Series> Series)
{
    private const double Width = 560, Height = 260, Left = 56, Right = 14, Top = 30, Bottom = 42;

    /// <summary>A horizontal line with its text, or null.</summary>
    public (double Y, string Text)? Limit { get; init; }

    /// <summary>Where the x axis begins.</summary>
    public double XFrom { get; init; }

    /// <summary>Draw x as a power of ten.</summary>
    public bool XIsExponent { get; init; }

    /// <summary>What the chart shows, for those who cannot see it; empty where the title says it all.</summary>
    public string Description { get; init; } = "";

    /// <summary>The SVG.</summary>
    public Html Render()
    {
        var points = Series.SelectMany(s => s.Points).Where(p => double.IsFinite(p.Y)).ToList();
        if (points.Count == 0)
            return Html.Of($"<p class=\"empty\">{Title}: nothing yet.</p>");
        var xTop = Math.Max(points.Max(p => p.X), XFrom + 1);
        var yTop = Math.Max(points.Max(p => p.Y), Limit?.Y ?? 0) * 1.08;
        if (!(yTop > 0))
            yTop = 1;
        double X(double x) => Left + (x - XFrom) / (xTop - XFrom) * (Width - Left - Right);
        double Y(double y) => Height - Bottom - y / yTop * (Height - Top - Bottom);

        return Html.Of($"""
            <svg viewBox="0 0 {Width} {Height}" role="img" aria-label="{Title}" class="chart"><title>{Title}</title>{(Description.Length > 0 ? Html.Of($"<desc>{Description}</desc>") : Html.Empty)}
            {HorizontalTicks(yTop, Y)}{VerticalTicks(xTop, X)}
            <line class="axis" x1="{Left}" y1="{Height - Bottom}" x2="{Width - Right}" y2="{Height - Bottom}"/>
            <line class="axis" x1="{Left}" y1="{Top}" x2="{Left}" y2="{Height - Bottom}"/>
            <text class="label" x="{(Left + Width - Right) / 2}" y="{Height - 6}" text-anchor="middle">{XLabel}</text>
            <text class="label" x="12" y="{(Top + Height - Bottom) / 2}" text-anchor="middle" transform="rotate(-90 12 {Chart.At((Top + Height - Bottom) / 2)})">{YLabel}</text>
            {LimitLine(Y)}{Series.Select(s => Line(s, X, Y))}{Legend()}</svg>
            """);
    }

    private static Html HorizontalTicks(double top, Func<double, double> y)
    {
        var step = Chart.TickStep(top);
        return Html.Concat(Enumerable.Range(0, (int)(top / step) + 1).Select(i => Html.Of(
            $"<line class=\"grid\" x1=\"{Left}\" y1=\"{Chart.At(y(i * step))}\" x2=\"{Width - Right}\" y2=\"{Chart.At(y(i * step))}\"/><text class=\"tick\" x=\"{Left - 6}\" y=\"{Chart.At(y(i * step) + 4)}\" text-anchor=\"end\">{Chart.Figure(i * step)}</text>")));
    }

    private Html VerticalTicks(double top, Func<double, double> x)
    {
        var step = Math.Max(1, Chart.TickStep(top - XFrom));
        var pieces = new List<Html>();
        for (var at = XFrom; at <= top; at += step)
            pieces.Add(Html.Of($"<text class=\"tick\" x=\"{Chart.At(x(at))}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{(XIsExponent ? "1e" : "")}{Chart.Figure(at)}</text>"));
        return Html.Concat(pieces);
    }

    private Html LimitLine(Func<double, double> y) => Limit is not { } limit
        ? Html.Empty
        : Html.Of($"<line class=\"limit\" x1=\"{Left}\" y1=\"{Chart.At(y(limit.Y))}\" x2=\"{Width - Right}\" y2=\"{Chart.At(y(limit.Y))}\"/><text class=\"tick\" x=\"{Width - Right}\" y=\"{Chart.At(y(limit.Y) - 5)}\" text-anchor=\"end\">{limit.Text}</text>");

    private static Html Line(Series series, Func<double, double> x, Func<double, double> y)
    {
        var finite = series.Points.Select((p, i) => (p.X, p.Y, Note: i < series.Notes.Count ? series.Notes[i] : ""))
            .Where(p => double.IsFinite(p.Y)).ToList();
        var path = string.Join(' ', finite.Select(p => $"{Chart.At(x(p.X))},{Chart.At(y(p.Y))}"));
        var dots = finite.Where(p => p.Note.Length > 0).Select(p => Html.Of(
            $"<circle class=\"{series.Style}\" cx=\"{Chart.At(x(p.X))}\" cy=\"{Chart.At(y(p.Y))}\" r=\"3.5\"><title>{p.Note}</title></circle>"));
        return Html.Of($"<polyline class=\"{series.Style}\" points=\"{path}\"/>{dots}");
    }

    private Html Legend() => Html.Concat(Series.Select((s, i) => Html.Of(
        $"<line class=\"{s.Style}\" x1=\"{Left + 8 + i * 170}\" y1=\"14\" x2=\"{Left + 36 + i * 170}\" y2=\"14\"/><text class=\"tick\" x=\"{Left + 42 + i * 170}\" y=\"18\">{s.Label}</text>")));
}
