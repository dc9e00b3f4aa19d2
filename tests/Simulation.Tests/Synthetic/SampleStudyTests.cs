using System.Text;
using FedMeta.Protocol;
using FedMeta.Server.Models;
using FedMeta.Server.Studies;
using FedMeta.Simulation.Demo;
using FedMeta.Simulation.Synthetic;
using FedMeta.Tests.Support;

namespace FedMeta.Simulation.Tests.Synthetic;

/// <summary>The study files of samples/ and the data that are invented for them.</summary>
public sealed class SampleStudyTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(CheckoutFolder.At("samples"), "*.toml").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_sample_is_a_sound_study(string file)
    {
        var terms = StudyDraft.Read(CheckoutFolder.At("samples/" + file)).OrThrow(file);
        var (numbers, problems) = StudyPlanner.Derive(terms, terms.Aggregation.MinPeers);
        Assert.Empty(problems);
        Assert.NotNull(numbers);
    }

    [Fact]
    public void Every_sample_that_runs_with_one_command_is_there_under_its_own_name()
    {
        foreach (var sample in Sample.All)
        {
            var path = CheckoutFolder.At($"samples/{sample.Name}.toml");
            Assert.Equal(sample.Name, StudyDraft.Read(path).OrThrow(path).Name);
            Assert.Contains($"fedmeta-sim demo --sample {sample.Name}", File.ReadAllText(path), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_probe_set_that_the_linear_sample_names_is_the_invented_one()
    {
        var terms = StudyDraft.Read(CheckoutFolder.At("samples/linear-fedavg.toml")).OrThrow("linear-fedavg");
        var probe = Encoding.UTF8.GetBytes(TaskFamily.Named("linear").Probe(1));
        Assert.Equal(Sha256Digest.Of(probe).ToString(), terms.Checks.Probe);
        var (numbers, _) = StudyPlanner.Derive(terms, 6);
        Assert.Empty(ProbeSet.Problems(terms, numbers!.Model, probe));
    }

    [Theory]
    [InlineData("sinusoid")]
    [InlineData("lines")]
    [InlineData("linear")]
    public void Invented_tasks_follow_from_the_seed_and_differ_between_sites(string name)
    {
        var family = TaskFamily.Named(name);
        var files = family.Files(1);
        Assert.Equal(files, family.Files(1));
        Assert.NotEqual(files[0].Text, family.Files(2)[0].Text);
        Assert.Equal(family.Sites + 1, files.Select(file => file.Text).Distinct().Count());
        Assert.All(files, file => Assert.True(ClientId.IsValid(file.Name)));
        Assert.All(files, file => Assert.Equal(family.Rows + 2, file.Text.Split('\n').Length));
    }

    [Fact]
    public void Slopes_and_intercepts_differ_between_lines()
    {
        var lines = TaskFamily.Named("lines").Files(1).Select(file =>
        {
            var rows = file.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
                .Select(row => row.Split(',')[..2].Select(cell => double.Parse(
                    cell, System.Globalization.CultureInfo.InvariantCulture)).ToArray()).ToList();
            var (x, y) = (rows.Average(row => row[0]), rows.Average(row => row[1]));
            var slope = rows.Sum(row => (row[0] - x) * (row[1] - y)) / rows.Sum(row => (row[0] - x) * (row[0] - x));
            return (Slope: slope, Intercept: y - (slope * x));
        }).ToList();
        Assert.True(lines.Max(line => line.Slope) - lines.Min(line => line.Slope) > 1);
        Assert.True(lines.Max(line => line.Intercept) - lines.Min(line => line.Intercept) > 1);
    }
}
