using System.Globalization;
using System.Text.Json;

namespace FedMeta.Privacy.Tests.Sampling;

/// <summary>sampler_pmf_tables.json: exact probabilities, and samples held against them.</summary>
internal static class PmfTables
{
    public const double LeastPValue = 1e-6;
    private const string Table = "sampler_pmf_tables.json";

    public static IEnumerable<JsonElement> Rows(string kind) =>
        OracleFile.Rows(Table).Where(row => row.Text("kind") == kind);

    public static IEnumerable<JsonElement> Bins(string kind) =>
        OracleFile.Rows(Table, "binned").Where(row => row.Text("kind") == kind);

    public static IEnumerable<JsonElement> Coins => OracleFile.Rows(Table, "bernoulli_exp");

    /// <summary>How well discrete Gaussian samples fit; the variance is one that the file lists.</summary>
    public static double PValue(int variance, IEnumerable<long> samples)
    {
        var rows = Rows("discrete_gaussian").Where(row => Parameter(row, "sigma2") == $"{variance}").ToList();
        return rows.Count > 0 ? PValue(rows, samples) : BinnedPValue(variance, samples);
    }

    /// <summary>How well samples fit rows of x &gt;= 0, each the probability of x and of -x.</summary>
    public static double PValue(IEnumerable<JsonElement> rows, IEnumerable<long> samples)
    {
        var listed = rows.OrderBy(row => row.Whole("x")).Select(row => row.Number("pmf")).ToArray();
        var half = listed.Length - 1;
        var inside = Enumerable.Range(-half, (2 * half) + 1).Select(x => listed[Math.Abs(x)]).ToArray();
        double[] probabilities = [.. inside, Math.Max(0, 1 - inside.Sum())];
        var counts = new long[probabilities.Length];
        foreach (var x in samples) counts[Math.Abs(x) <= half ? (int)x + half : counts.Length - 1]++;
        return GoodnessOfFit.PValue(probabilities, counts);
    }

    public static string? Parameter(JsonElement row, string name) =>
        row.GetProperty("params").TryGetProperty(name, out var value) ? value.GetString() : null;

    public static double Fraction(string text)
    {
        var parts = text.Split('/').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return parts.Length == 1 ? parts[0] : parts[0] / parts[1];
    }

    private static double BinnedPValue(int variance, IEnumerable<long> samples)
    {
        var bins = Bins("discrete_gaussian").Where(row => Parameter(row, "sigma2") == $"{variance}").ToList();
        var edges = bins.Select(row => row.Number("x_from_inclusive")).ToArray();
        var counts = new long[edges.Length];
        foreach (var x in samples) counts[Array.FindLastIndex(edges, edge => x >= edge)]++;
        return GoodnessOfFit.PValue([.. bins.Select(row => row.Number("prob"))], counts);
    }
}
