using System.Text.RegularExpressions;

namespace FedMeta.Architecture.Tests;

/// <summary>What the proof pages say stands in the source, and what the source says has a proof page.</summary>
public sealed partial class ProofPageTests
{
    [Fact]
    public void Every_pitfall_has_a_guard_and_every_guard_exists()
    {
        var tests = Sources("tests/").SelectMany(text => TestName().Matches(text)).Select(m => m.Groups[1].Value)
            .ToHashSet(StringComparer.Ordinal);
        var rows = Row().Matches(Repository.Read("docs/proofs/pitfalls.md"));
        Assert.Equal(Enumerable.Range(1, 30), rows.Select(row => int.Parse(row.Groups[1].Value)));
        Assert.All(rows, row =>
        {
            var guards = row.Groups[2].Value;
            var named = Guard().Matches(guards).Select(m => m.Groups[1].Value).ToList();
            Assert.True(named.Count > 0 || MarkdownLinks.In(guards).Any(), $"{row.Groups[1].Value} has no guard");
            Assert.All(named, name => Assert.True(tests.Contains(name), $"{row.Groups[1].Value}: no test {name}"));
        });
    }

    [Fact]
    public void Every_proof_page_that_the_source_names_exists_and_every_page_is_named()
    {
        var named = Sources("src/").SelectMany(text => Page().Matches(text)).Select(m => m.Value).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.All(named, page => Assert.Contains(page, Repository.Files));
        var proofs = Repository.Files.Where(f => f.StartsWith("docs/proofs/", StringComparison.Ordinal)
            && f != "docs/proofs/pitfalls.md");
        Assert.Empty(proofs.Except(named));
    }

    // A mechanism or an accountant is a public type with logic of its own; records and enums of plain values, and the
    // words for them, state no theorem.
    [Fact]
    public void Every_mechanism_and_accountant_names_its_proof_page()
    {
        string[] folders = ["Accounting", "Auditing", "Encoding", "Mechanism", "Sampling"];
        var silent = from file in Repository.Files
                     where folders.Any(f => file.StartsWith($"src/Privacy/{f}/", StringComparison.Ordinal))
                           && file.EndsWith(".cs", StringComparison.Ordinal)
                     let text = Repository.Read(file)
                     where PublicClass().IsMatch(text) && !Page().IsMatch(text)
                           && !file.EndsWith("/PrivacyNames.cs", StringComparison.Ordinal)
                     select file;
        Assert.Empty(silent);
    }

    private static IEnumerable<string> Sources(string folder) => Repository.Files
        .Where(f => f.StartsWith(folder, StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal))
        .Select(Repository.Read);

    [GeneratedRegex(@"^public (?:static |sealed |abstract )*class ", RegexOptions.Multiline)]
    private static partial Regex PublicClass();

    [GeneratedRegex(@"public (?:async )?(?:Task|void|bool|ValueTask) ([A-Z]\w*_\w+)\(")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^\| (\d+) \|.*\| ([^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`([A-Z]\w*_\w+)`")]
    private static partial Regex Guard();

    [GeneratedRegex(@"docs/proofs/[a-z-]+\.md")]
    private static partial Regex Page();
}
