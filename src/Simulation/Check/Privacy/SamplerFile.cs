using System.Globalization;
using System.Numerics;
using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>
/// Exact probabilities of the discrete Gaussian. Each row is held against the share of samples that fell there, in
/// standard
/// deviations of that share; each distribution's rows together must add up to one.
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
        CheckMass(file, "rows", report);
        CheckMass(file, "binned", report);
    }

    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var kind = row.Text("kind");
        if (row.Table is not ("rows" or "binned") || kind != "discrete_gaussian")
        {
            report.CannotCheck(row.Id, kind switch
            {
                "skellam" => "FedMeta draws discrete Gaussian noise, not Skellam",
                "bernoulli_exp" or "discrete_laplace" =>
                    "an inner step of the sampler that no caller reaches; the rows of what it serves are checked",
                _ => "describes another table of the file",
            });
            return;
        }

        var text = row.Element("params").Property("sigma2").GetString()!;
        if (!BigInteger.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var variance))
        {
            report.CannotCheck(row.Id, "FedMeta draws whole variances only");
            return;
        }

        var (low, high, column) = row.Table == "rows"
            ? (row.Number("x"), row.Number("x"), "pmf")
            : (row.Number("x_from_inclusive"), row.Number("x_to_exclusive") - 1, "prob");
        var hits = Draw(variance).Count(x => x >= low && x <= high);
        var probability = row.Number(column);
        if (!(probability is > 0 and < 1)) throw new FormatException($"{column} is no probability");
        var deviations =
            Math.Abs(hits - (probability * Samples)) / Math.Sqrt(Samples * probability * (1 - probability));
        // A share that expects less than ten samples is far from normal; its bound is on the count.
        if (probability * Samples < 10) deviations = hits < 40 ? 0 : double.PositiveInfinity;
        report.Deviation(row.Id, column, deviations, Allowed, "standard deviations of the share of 400000 samples",
            (hits / (double)Samples).ToString("R", CultureInfo.InvariantCulture),
                probability.ToString("R", CultureInfo.InvariantCulture));
    }

    private long[] Draw(BigInteger variance)
    {
        if (_drawn.TryGetValue(variance, out var samples)) return samples;
        using var random = new RepeatableRandom("fedmeta sampler check");
        samples = new long[Samples];
        DiscreteGaussian.Fill(samples, variance, random);
        return _drawn[variance] = samples;
    }

    /// <summary>
    /// A wrong value is also seen where sampling is too coarse: the rows of one distribution are a distribution.
    /// </summary>
    private static void CheckMass(OracleFile file, string table, CheckReport report)
    {
        if (!file.Root.TryGetProperty(table, out var rows)) return;
        var column = table == "rows" ? "pmf" : "prob";
        foreach (var group in rows.EnumerateArray().Select((row, i) => (row, i))
            .GroupBy(r => r.row.Property("kind") + " " + r.row.Property("params")))
        {
            var mass = group.Sum(r => r.row.Number(column) * (table == "rows" && r.row.Number("x") != 0 ? 2 : 1));
            var last = $"{table}[{group.Last().i}]";
            // The listed rows leave out a tail; the file's own meta table gives its size, at most 1e-3 in the widest.
            if (report.IsChecked(last)) report.Absolute(last, column + " in all", mass, 1, 1e-9);
        }
    }
}
