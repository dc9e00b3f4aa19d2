using System.Globalization;
using System.Numerics;
using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>
/// Exact probabilities of discrete Gaussian, Skellam and discrete Laplace noise, against our laws. Where we draw such
/// noise (discrete Gaussian, whole variances) each row is also held against the share of samples that fell there, in
/// standard deviations of that share.
/// </summary>
internal sealed class SamplerFile() : TableFormat("sampler_pmf_tables", "kind", "params", "x", "pmf")
{
    private const int Samples = 400_000;

    /// <summary>Standard deviations; beyond it lies 4e-8 of a normal distribution.</summary>
    private const double Allowed = 5.5;

    private readonly Dictionary<BigInteger, long[]> _drawn = [];

    public override void Check(OracleFile file, CheckReport report)
    {
        base.Check(file, report);
        CheckMass(file, report);
    }

    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        switch (row.Table)
        {
            case "rows":
                CheckProbability(row, row.Number("x"), row.Number("x"), "pmf", report);
                break;
            case "binned":
                CheckProbability(row, row.Number("x_from_inclusive"), row.Number("x_to_exclusive") - 1, "prob", report);
                break;
            case "meta":
                CheckSummary(row, report);
                break;
            case "bernoulli_exp":
                row.Text("kind");
                report.Relative(row.Id, "p_true", Math.Exp(-row.Number("gamma")), row.Number("p_true"), 1e-9);
                break;
            default:
                report.CannotCheck(row.Id, "a table that this format does not know");
                break;
        }
    }

    private void CheckProbability(OracleRow row, double first, double last, string column, CheckReport report)
    {
        var law = NoiseLaw.Of(row.Text("kind"), row.Element("params"));
        var probability = row.Number(column);
        report.Relative(row.Id, column, law.Mass(first, last), probability, 1e-9);
        if (law.WholeVariance is { } variance) CheckShare(row, variance, first, last, column, report);
    }

    private void CheckShare(
        OracleRow row, BigInteger variance, double first, double last, string column, CheckReport report)
    {
        var probability = row.Number(column);
        if (!(probability is > 0 and < 1)) throw new FormatException($"{column} is no probability");
        var hits = Draw(variance).Count(x => x >= first && x <= last);
        var deviations =
            Math.Abs(hits - (probability * Samples)) / Math.Sqrt(Samples * probability * (1 - probability));
        // A share that expects less than ten samples is far from normal; its bound is on the count.
        if (probability * Samples < 10) deviations = hits < 40 ? 0 : double.PositiveInfinity;
        report.Deviation(row.Id, column + ", sampled", deviations, Allowed,
            "standard deviations of the share of 400000 samples",
            (hits / (double)Samples).ToString("R", CultureInfo.InvariantCulture),
            probability.ToString("R", CultureInfo.InvariantCulture));
    }

    private static void CheckSummary(OracleRow row, CheckReport report)
    {
        var law = NoiseLaw.Of(row.Text("kind"), row.Element("params"));
        if (row.Has("normalizer"))
            report.Relative(row.Id, "normalizer", 1 / law.Mass(0, 0), row.Number("normalizer"), 1e-9);
        if (row.Has("variance"))
            report.Relative(row.Id, "variance", law.Variance(), row.Number("variance"), 1e-9);
        if (row.Has("listed_abs_x_max"))
        {
            report.Relative(row.Id, "mass_outside_listed",
                2 * law.Mass(row.Number("listed_abs_x_max") + 1, double.PositiveInfinity),
                row.Number("mass_outside_listed"), 1e-9);
        }

        // What their bins miss of 1 at fifty digits: rounding, and no probability of ours.
        if (row.Has("sum_defect")) report.Absolute(row.Id, "sum_defect", 0, row.Number("sum_defect"), 1e-25);
    }

    private long[] Draw(BigInteger variance)
    {
        if (_drawn.TryGetValue(variance, out var samples)) return samples;
        using var random = new RepeatableRandom("fedmeta sampler check");
        samples = new long[Samples];
        DiscreteGaussian.Fill(samples, variance, random);
        return _drawn[variance] = samples;
    }

    /// <summary>The bins of one distribution leave nothing out: a row that is missing is seen.</summary>
    private static void CheckMass(OracleFile file, CheckReport report)
    {
        if (!file.Root.TryGetProperty("binned", out var rows)) return;
        foreach (var group in rows.EnumerateArray().Select((row, i) => (row, i))
            .GroupBy(r => r.row.Property("kind") + " " + r.row.Property("params")))
        {
            var last = $"binned[{group.Last().i}]";
            if (report.IsChecked(last))
                report.Absolute(last, "prob in all", group.Sum(r => r.row.Number("prob")), 1, 1e-9);
        }
    }
}
