using System.Text;

namespace FedMeta.Learning.Tests;

/// <summary>docs/reference/algorithms.md is held against the code, row by row and reason by reason.</summary>
public class AlgorithmPageTests
{
    private static readonly string Page = Read();

    [Fact]
    public void The_page_has_a_row_for_each_algorithm_and_no_other()
    {
        var table = new StringBuilder("| name | after | a task or site sends | numbers | patient | task | site |\n");
        table.Append("|---|---|---|---|---|---|---|\n");
        foreach (var traits in MetaAlgorithms.All)
        {
            var units = string.Join(" | ", PrivacyUnits.Names.Select(unit => Claim(traits.Name, unit)));
            var numbers = traits.VectorsInUpload == 1 ? "d" : $"{traits.VectorsInUpload}d";
            table.Append($"| `{traits.Name}` | {traits.Source} | {traits.Uploads} | {numbers} | {units} |\n");
        }

        Assert.Contains(table.ToString() + "\n", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_says_how_each_adapts_and_which_keys_it_uses()
    {
        var table = new StringBuilder("| name | a hospital adapts by | keys of `[meta]` |\n|---|---|---|\n");
        (AlgorithmKeys Flag, string Name)[] names =
        [
            (AlgorithmKeys.Steps, "inner_steps"), (AlgorithmKeys.Rate, "inner_rate"), (AlgorithmKeys.Batch, "batch"),
            (AlgorithmKeys.Proximal, "proximal"), (AlgorithmKeys.LocalRate, "local_rate"),
        ];
        foreach (var traits in MetaAlgorithms.All)
        {
            string[] keys = [.. names.Where(key => traits.Keys.HasFlag(key.Flag)).Select(key => $"`{key.Name}`")];
            var used = keys.Length == 0 ? "none" : string.Join(", ", keys);
            table.Append($"| `{traits.Name}` | {traits.Adaptation} | {used} |\n");
        }

        Assert.Contains(table.ToString() + "\n", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reason_of_a_ruling_stands_on_the_page()
    {
        var text = string.Join(' ', Page.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        var rulings =
            from name in MetaAlgorithms.Names
            from unit in PrivacyUnits.Names
            from loss in Enum.GetValues<LossKind>()
            from records in (int[])[1, 16]
            select PrivacyUnits.Rule(name, unit, loss, records);
        foreach (var reason in rulings.Select(ruling => ruling.Reason).Distinct())
            Assert.Contains(reason, text, StringComparison.Ordinal);
    }

    private static string Claim(string algorithm, string unit)
    {
        var records = algorithm == "fedsgd" && unit == "patient" ? 1 : 16;
        var ruling = PrivacyUnits.Rule(algorithm, unit, LossKind.BinaryCrossEntropy, records);
        return !ruling.Sound ? "refused" : ruling.ClipsPerUnit == 1 ? "C" : $"{ruling.ClipsPerUnit}C";
    }

    private static string Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FedMeta.sln"))) folder = folder.Parent!;
        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "reference", "algorithms.md"));
    }
}
