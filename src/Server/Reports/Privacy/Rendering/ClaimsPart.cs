using FedMeta.Privacy;
using FedMeta.Server.Reports.Charts;
using FedMeta.Server.Reports.Markup;
using FedMeta.Server.Reports.Privacy.Sections;

namespace FedMeta.Server.Reports.Privacy.Rendering;

/// <summary>Section 2.</summary>
internal static class ClaimsPart
{
    /// <summary>A table for each unit and relation, and the curve of the headline.</summary>
    public static Html Render(PrivacyReport report)
    {
        var claims = report.Claims;
        return Page.Panel("claims", "2 Claims", Html.Of($"""
            <p class="answer">{claims.Headline.Sentence}</p>
            <ul class="soft">{claims.Notes.Select(n => Html.Of($"<li>{n}</li>"))}</ul><p>{claims.DeltaRule.Sentence}</p>
            {Curve(claims)}{claims.Units.Select((u, i) => Unit(u, i == 0 ? null : claims.Units[i - 1]))}
            """));
    }

    private static Html Curve(ClaimsSection claims)
    {
        var headline = claims.Headline;
        var row = claims.Units[0].Adversaries.First(a => a.Words == headline.Adversary);
        var points = row.Curve.Where(p => p.Epsilon is not null).ToList();
        var chart = new LineChart("Epsilon against delta", "delta", "epsilon",
        [
            new Series("claim, worst case", "line-1", [.. points.Select(p => (Math.Log10(p.Delta), p.Epsilon!.Value))],
                [.. points.Select(p => $"delta {ReportNumbers.Delta(p.Delta)}: epsilon {ReportNumbers.Up(p.Epsilon!.Value)}")]),
            new Series("usual figure", "line-2",
                [.. points.Where(p => p.Usual is not null).Select(p => (Math.Log10(p.Delta), p.Usual!.Value))], []),
        ])
        {
            XFrom = -12,
            XIsExponent = true,
            Description = $"The headline claim, for one {headline.Unit} against {headline.Adversary}, at deltas from 10^-12 to 10^-3: the smaller the chance of failure, the larger epsilon.",
        };
        return Html.Of($"<h3>Epsilon against delta: one {headline.Unit}, {headline.Adversary}</h3><div class=\"half\">{chart.Render()}</div>");
    }

    private static Html Unit(ClaimsSection.Unit unit, ClaimsSection.Unit? before)
    {
        var heading = $"One {unit.Protects}, {unit.Adjacency}";
        if (unit.Adversaries.Count == 0)
            return Html.Of($"<h3>{heading}</h3><p>{unit.Refusal}</p>");
        if (before is not null && before.Protects == unit.Protects && before.Sensitivity == unit.Sensitivity
            && !unit.CountsSampling)
            return Html.Of($"<h3>{heading}</h3><p>The same figures as for {before.Adjacency}: taking a {unit.Protects} out exchanges one bounded vector for another already.</p>");
        return Html.Of($"""
            <h3>{heading}</h3>{Page.Table(["Against", "Epsilon, worst case", "Usual figure", "Epsilon, realised", "rho, mu (worst case)", "A test finds at most", "Unknown shares, log10(tau d)"], unit.Adversaries.Select(Row), $"One {unit.Protects} moves a sum by at most {unit.Sensitivity} norm bounds B")}
            <p class="soft">Claim: {unit.Method}. Usual figure: {unit.UsualMethod}.</p>
            """);
    }

    private static Html[] Row(ClaimsSection.Row row) =>
    [
        Html.Of($"{row.Words}<br><span class=\"soft\">{row.Aggregation}</span>"),
        Points(row.WorstCase.Epsilons, p => p.Epsilon), Points(row.WorstCase.Epsilons, p => p.Usual),
        Points(row.Realised.Epsilons, p => p.Epsilon),
        Html.Of($"{Cost(row.WorstCase)}"),
        Html.Of($"{ReportNumbers.Percent(row.WorstCase.TestPower)} %"),
        Html.Of($"{row.WorstCase.LeastShares}, {(row.WorstCase.Log10TauD is { } tau ? ReportNumbers.Up(tau) : "one discrete Gaussian")}"),
    ];

    private static string Cost(ClaimsSection.Figures figures) =>
        figures is { Rho: { } rho, Mu: { } mu } && Rho.TryParse(rho, out var cost)
            ? $"{ReportNumbers.Up(cost.ToDouble())}, {ReportNumbers.Up(mu)}" : "not a sum of costs";

    private static Html Points(IReadOnlyList<ClaimsSection.Point> points, Func<ClaimsSection.Point, double?> value) =>
        Html.Concat(points.Select(p => value(p) is { } epsilon
            ? Html.Of($"<span class=\"figure\"><b>{ReportNumbers.Up(epsilon)}</b> at {ReportNumbers.Delta(p.Delta)}</span>")
            : Html.Of($"<span class=\"figure\">{(p.Epsilon is null ? "refused" : "not computed")} at {ReportNumbers.Delta(p.Delta)}</span>")));
}
