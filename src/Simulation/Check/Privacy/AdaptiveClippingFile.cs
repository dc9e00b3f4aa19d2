using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>The noise split between values and clip bits, and a trace of the clip norm without noise.</summary>
internal sealed class AdaptiveClippingFile()
    : TableFormat("adaptive_clipping", "target_noise_multiplier", "clients", "sigma_b")
{
    private const double Quantile = 0.5;
    private const double LearningRate = 0.2;

    protected override IReadOnlyCollection<string> Inputs => ["trace_norms"];

    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        if (row.Table == "trace") CheckStep(file, row, report);
        else if (row.Table == "rows") CheckSplit(row, report);
        else report.CannotCheck(row.Id, "a table that this format does not know");
    }

    private static void CheckSplit(OracleRow row, CheckReport report)
    {
        var noise = AdaptiveClipping.UsualBitNoise(row.Whole("clients"));
        report.Relative(row.Id, "sigma_b", noise, row.Number("sigma_b"), 1e-9);
        var values = AdaptiveClipping.ValueNoiseMultiplier(row.Number("target_noise_multiplier"), noise);
        report.Same(row.Id, "feasible", values is not null ? "True" : "False", row.Flag("feasible").ToString());
        if (values is { } multiplier)
            report.Relative(row.Id, "value_noise_multiplier", multiplier, row.Number("value_noise_multiplier"), 1e-9);
    }

    /// <summary>One round, and that it goes on where the round before it ended.</summary>
    private static void CheckStep(OracleFile file, OracleRow row, CheckReport report)
    {
        var clip = row.Number("clip_used");
        var norms = file.Root.Vector("trace_norms");
        var fraction = norms.Count(norm => norm <= clip) / (double)norms.Length;
        report.Relative(row.Id, "unclipped_fraction", fraction, row.Number("unclipped_fraction"), 1e-9);
        var next = AdaptiveClipping.Next(clip, fraction, Quantile, LearningRate);
        report.Relative(row.Id, "clip_next", next, row.Number("clip_next"), 1e-9);
        var round = row.Whole("round");
        foreach (var before in file.Root.Property("trace").EnumerateArray()
            .Where(other => other.Property("round").GetInt32() == round - 1))
        {
            report.Relative(row.Id, "clip_used", clip, before.Number("clip_next"), 1e-9);
        }
    }
}
