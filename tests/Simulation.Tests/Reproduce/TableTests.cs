using System.Text.Json;
using FedMeta.Protocol;
using FedMeta.Simulation.Reproduce.Tables;

namespace FedMeta.Simulation.Tests.Reproduce;

public sealed class TableTests
{
    [Fact]
    public void A_spread_counts_only_the_runs_that_have_the_figure()
    {
        var spread = MeanAndSpread.Of([0.5, null, 0.7]);

        Assert.Equal("0.600 ± 0.141", spread.ToString());
        Assert.Equal(2, spread.Runs);
        Assert.Equal("0.250", MeanAndSpread.Of([0.25]).ToString());
        Assert.Equal("-", MeanAndSpread.Of([null]).ToString());
    }

    [Fact]
    public void A_table_is_markdown_with_a_rule_under_its_header()
    {
        var table = new MarkdownTable("method", "accuracy");
        table.Add("a|b", "0.500");

        Assert.Equal("| method | accuracy |\n| --- | --- |\n| a\\|b | 0.500 |\n", table.ToString());
        Assert.Throws<ArgumentException>(() => table.Add("one cell"));
    }

    [Fact]
    public void A_folder_receives_the_page_and_the_figures_under_one_name()
    {
        using var folder = new TemporaryFolder();
        var written = new ReproductionFolder(Path.Combine(folder.Path, "new")).Write("page", "text\n", new[] { 1, 2 });

        Assert.Equal("text\n", File.ReadAllText(written[0]));
        Assert.Equal([1, 2], JsonSerializer.Deserialize<int[]>(File.ReadAllText(written[1]))!);
    }

    [Fact]
    public void A_folder_that_is_a_file_is_explained()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "");

        Assert.Throws<FedMetaException>(() => new ReproductionFolder(file).Write("page.md", "text"));
    }
}
