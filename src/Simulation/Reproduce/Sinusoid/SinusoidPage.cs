using System.Globalization;
using System.Text;
using FedMeta.Simulation.Reproduce.FewShot;
using FedMeta.Simulation.Reproduce.Tables;

namespace FedMeta.Simulation.Reproduce.Sinusoid;

/// <summary>The figures beside the reference, and whether they lie within its interval.</summary>
internal static class SinusoidPage
{
    private const string Format = "0.000";
    private static readonly string[] Columns = ["0 steps", "1 step", "5 steps", "10 steps", "10 steps guarded"];

    /// <summary>As Markdown.</summary>
    public static string Of(IReadOnlyList<SinusoidRun> runs)
    {
        var text = new StringBuilder();
        foreach (var shots in runs[0].Scores.Select(s => s.Shots))
            text.Append(Invariant($"{shots}-shot, mean squared error, mean ± 95 % interval (median):\n\n"))
                .Append(Figures(runs, shots)).Append('\n');
        text.Append("MAML, 10-shot, against the reference's interval:\n\n").Append(Verdicts(runs)).Append('\n')
            .Append("MAML, 10-shot, 10 steps, in the course of training:\n\n").Append(Course(runs));
        return text.ToString();
    }

    /// <summary>The reference's interval of a column: from its lowest seed to its highest, widened on both sides by the
    /// 95 % half width of a mean over as many test tasks.</summary>
    public static (double Low, double High) IntervalOf(int column, double halfWidth)
    {
        var figures = SinusoidReference.Rows.Where(r => r is { Method: "MAML", Shots: 10 })
            .Select(r => r.Means[column]!.Value).ToList();
        return (figures.Min() - halfWidth, figures.Max() + halfWidth);
    }

    private static MarkdownTable Figures(IReadOnlyList<SinusoidRun> runs, int shots)
    {
        var table = new MarkdownTable(
            ["method", "iterations", "seed", .. Columns, "diverged", "training CPU s / 1,000"]);
        foreach (var group in runs.GroupBy(r => r.Method))
        {
            foreach (var run in group.OrderBy(r => r.Seed))
            {
                var scores = run.Scores.Single(s => s.Shots == shots);
                table.Add([
                    run.Method, Invariant($"{run.Iterations:N0}"), Invariant($"{run.Seed}"),
                    .. scores.AfterSteps.Append(scores.Guarded).Select(e => e.WithMedian(Format)),
                    Invariant($"{scores.AfterSteps[^1].Diverged} of {scores.Guarded.Tasks}"),
                    Invariant($"{1000 * run.CpuSeconds / run.Iterations:0.00}"),
                ]);
            }

            foreach (var row in SinusoidReference.Rows.Where(r => r.Method == group.Key && r.Shots == shots))
                table.Add([
                    $"*reference {row.Method}*", "", Invariant($"{row.Seed}"),
                    .. row.Means.Select((m, i) => Figure(m) + (i == 3 ? $" ({Figure(row.Median)})" : "")), "", "",
                ]);
        }

        return table;
    }

    private static MarkdownTable Verdicts(IReadOnlyList<SinusoidRun> runs)
    {
        var table = new MarkdownTable("steps", "ours, seeds together", "reference's interval", "");
        var scores = runs.Where(r => r.Method == "MAML").Select(r => r.Scores.Single(s => s.Shots == 10)).ToList();
        for (var column = 1; column < SinusoidExam.Steps.Count; column++)
        {
            var estimates = scores.Select(s => s.AfterSteps[column]).ToList();
            if (estimates.Any(e => e.Mean is null))
            {
                table.Add(Invariant($"{SinusoidExam.Steps[column]}"), "not finite", "", "outside");
                continue;
            }

            var mean = estimates.Average(e => e.Mean!.Value);
            var (low, high) = IntervalOf(column, estimates.Average(e => e.HalfWidth!.Value));
            table.Add(Invariant($"{SinusoidExam.Steps[column]}"), Figure(mean), $"{Figure(low)} to {Figure(high)}",
                mean < low ? "below: better" : mean > high ? "outside: worse" : "within");
        }

        return table;
    }

    private static MarkdownTable Course(IReadOnlyList<SinusoidRun> runs)
    {
        var maml = runs.Where(r => r.Method == "MAML").OrderBy(r => r.Seed).ToList();
        var at = maml[0].Curve.Keys.ToList();
        var table = new MarkdownTable(["seed", .. at.Select(i => Invariant($"{i:N0}"))]);
        foreach (var run in maml)
            table.Add([Invariant($"{run.Seed}"), .. at.Select(i => Figure(run.Curve[i]))]);
        return table;
    }

    private static string Figure(double? value) =>
        value?.ToString(Format, CultureInfo.InvariantCulture) ?? "not finite";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
