using System.Globalization;
using FedMeta.Simulation.Reproduce.FewShot;
using FedMeta.Simulation.Reproduce.Tables;

namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>The figures beside the reference.</summary>
internal static class OmniglotPage
{
    /// <summary>As Markdown: accuracy in per cent with 95 % intervals over test tasks.</summary>
    public static string Of(IReadOnlyList<OmniglotResult> results)
    {
        var table = new MarkdownTable([
            "row", "clients", "iterations", "seed",
            .. OmniglotExam.Steps.Select(s => s == 1 ? "1 step" : Invariant($"{s} steps")),
            "10 guarded", "CPU s / 1,000",
        ]);
        foreach (var group in results.GroupBy(r => r.Key))
        {
            foreach (var result in group.OrderBy(r => r.Seed))
                table.Add([
                    result.Key, Invariant($"{result.Clients}"), Invariant($"{result.Iterations:N0}"),
                    Invariant($"{result.Seed}"),
                    .. OmniglotExam.Steps.Select((_, i) => PerCent(result.AfterSteps.ElementAtOrDefault(i))),
                    PerCent(result.Guarded),
                    result.Iterations == 0 ? "" : Invariant($"{1000 * result.CpuSeconds / result.Iterations:0}"),
                ]);
            foreach (var row in OmniglotReference.Rows.Where(r => r.Key == group.Key))
                table.Add([
                    $"*reference {row.Key}*", "1", Invariant($"{row.Iterations:N0}"), "",
                    .. row.Accuracy.Select(Figure), "", row.CpuSeconds?.ToString(CultureInfo.InvariantCulture) ?? "",
                ]);
        }

        return table.ToString();
    }

    private static string PerCent(Estimate? accuracy) => accuracy is null ? "" : Invariant(
        $"{100 * accuracy.Mean:0.0} ± {100 * accuracy.HalfWidth:0.0}");

    private static string Figure(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
