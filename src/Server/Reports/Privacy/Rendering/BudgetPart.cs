using FedMeta.Privacy;
using FedMeta.Server.Reports.Charts;
using FedMeta.Server.Reports.Markup;
using FedMeta.Server.Reports.Privacy.Sections;

namespace FedMeta.Server.Reports.Privacy.Rendering;

/// <summary>Section 3, and its chart for the study's page.</summary>
internal static class BudgetPart
{
    /// <summary>Granted, spent, reserved, remaining, and the chart by round.</summary>
    public static Html Render(PrivacyReport report)
    {
        var (budget, headline) = (report.Budget, report.Claims.Headline);
        var tightest = budget.Tightest is { } hospital
            ? Html.Of($"By its own signed statement {hospital.Name} has least left: {hospital.AttemptsLeft} more attempts{Page.Record(hospital.Record)}.")
            : Html.Of($"No hospital has stated a cost yet.");
        return Page.Panel("budget", "3 Budget", Html.Of($"""
            <div class="columns"><div>{Chart(budget, headline.EpsilonGranted)}</div><div>{Page.Table(["", "rho", "units of 2^-64", ""],
                [
                    Row("Granted", budget.RhoGranted, ReportNumbers.Up, $"epsilon {ReportNumbers.Down(headline.EpsilonGranted)} at delta {ReportNumbers.Delta(headline.Delta)}"),
                    Row("Spent", budget.RhoSpent, ReportNumbers.Up, $"{budget.AttemptsCharged} charged attempts; {budget.RoundsCompleted} of {budget.RoundsPlanned} rounds completed"),
                    Row("Reserved", budget.RhoReserved, ReportNumbers.Up, "an attempt that has begun"),
                    Row("Remaining", budget.RhoRemaining, ReportNumbers.Down, $"{budget.AttemptsLeft} more attempts: stops at round {budget.StopsAtRound} if each succeeds"),
                    Row("One attempt", budget.RhoPerRound, ReportNumbers.Up, "the same for each"),
                ])}<p>{tightest}</p></div></div>
            """));
    }

    /// <summary>Epsilon by charged attempt, with what lies ahead and the granted line.</summary>
    public static Html Chart(BudgetSection budget, double granted)
    {
        var spent = new Series("spent", "line-1",
            [(0, 0), .. budget.ByRound.Select((r, i) => ((double)(i + 1), r.EpsilonAfter))],
            ["", .. budget.ByRound.Select(r =>
                $"round {r.Round}, attempt {r.Attempt}: epsilon {ReportNumbers.Up(r.EpsilonAfter)}, record {r.EndRecord}")]);
        var forecast = new Series("forecast", "line-forecast",
            [.. budget.Forecast.Select(f => ((double)f.Attempts, f.Epsilon))], []);
        return new LineChart("Epsilon by charged attempt", "charged attempts", "epsilon",
            forecast.Points.Count > 1 ? [spent, forecast] : [spent])
        {
            Limit = (granted, $"granted: {ReportNumbers.Down(granted)}"),
            Description = $"{budget.AttemptsCharged} attempts were charged; the line of what was granted lies at epsilon {ReportNumbers.Down(granted)}.",
        }.Render();
    }

    private static Html[] Row(string name, string rho, Func<double, string> text, string words) =>
    [
        Page.Text(name), Page.Text(Rho.TryParse(rho, out var cost) ? text(cost.ToDouble()) : ""),
        Html.Of($"<code>{rho}</code>"), Page.Text(words),
    ];
}
