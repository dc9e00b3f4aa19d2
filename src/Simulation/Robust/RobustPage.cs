using System.Globalization;
using FedMeta.Server.Reports.Charts;
using FedMeta.Server.Reports.Markup;

namespace FedMeta.Simulation.Robust;

/// <summary>The curves as a page that loads nothing and runs nothing.</summary>
internal static class RobustPage
{
    private static readonly string[] Styles = ["line-1", "line-2", "line-forecast"];

    /// <summary>The page.</summary>
    public static string Render(RobustReport report) => Page.Render("FedMeta: two cheaters among twenty", Html.Of($"""
        <header><h1>Two cheaters among {report.Hospitals} hospitals</h1>
        <p>One turns the sign of its update, one sends thirty times what it learned from turned labels and does not clip.
        Invented hospitals, seed {report.Seed}; every round ran through secure aggregation, noise, the coordinator's checks
        and its model step. Groups of {report.BucketSize}, drawn anew each round; a group that is longer than honest
        hospitals explain is left out, then the median of each coordinate.</p></header>
        <div class="columns">{Page.Panel("accuracy", "Accuracy by round", Curves(report, "accuracy", p => p.Accuracy))}{Page.Panel("auroc", "AUROC by round", Curves(report, "AUROC", p => p.Auroc))}</div>
        {Page.Panel("final", "At the end", Page.Table(["Run", "Accuracy", "AUROC", "Rounds rolled back", "Groups left out"],
            report.Runs.Select(Row)))}
        """)).ToString();

    private static Html Curves(RobustReport report, string label, Func<RobustPoint, double> value) =>
        new LineChart($"{label} on held-out patients", "round", label, [.. report.Runs.Select((run, i) => new Series(
            run.Name, Styles[i], [.. run.Points.Select(p => ((double)p.Round, value(p)))],
            [.. run.Points.Select(p => $"{run.Name}, round {p.Round}: {Figure(value(p))}")]))]).Render();

    private static Html[] Row(RobustCurve run) =>
    [
        Page.Text(run.Name), Page.Text(Figure(run.Final.Accuracy)), Page.Text(Figure(run.Final.Auroc)),
        Page.Text($"{run.RolledBack}{(run.Paused ? ", then paused" : "")}"),
        Page.Text($"{run.Points.Sum(p => p.GroupsLeftOut)}"),
    ];

    private static string Figure(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
