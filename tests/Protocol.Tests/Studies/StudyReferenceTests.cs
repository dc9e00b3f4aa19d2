using System.Text.RegularExpressions;

namespace FedMeta.Protocol.Tests;

public partial class StudyReferenceTests
{
    [Fact]
    public void The_reference_has_every_key_with_its_range_and_default_and_no_other()
    {
        var page = File.ReadAllText(Path.Combine(Samples.Root, "docs", "reference", "study-file.md"));
        var documented = Row().Matches(page)
            .Select(row => (Cell(row, "key"), Cell(row, "range"), Cell(row, "default"), Cell(row, "summary")));
        Assert.Equal(
            StudyKeys.Set.Keys.Select(key => (
                key.Path,
                key.Range,
                Default(key),
                key.Summary)),
            documented);
        foreach (var table in (string[])[StudyKeys.Features, StudyKeys.Mechanism, StudyKeys.Initial, StudyKeys.Members])
            Assert.Contains($"[{table}]", page, StringComparison.Ordinal);
    }

    private static string Cell(Match row, string name) => row.Groups[name].Value;

    private static string Default(SettingKey key)
    {
        if (key == StudyKeys.Quorum) return "`aggregation.threshold`";
        return key.DefaultText is { } text ? $"`{text}`" : "required";
    }

    [GeneratedRegex(
        @"^\| `(?<key>[a-z_.]+)` \| (?<range>[^|]+) \| (?<default>[^|]+) \| (?<summary>[^|]+) \|$",
        RegexOptions.Multiline)]
    private static partial Regex Row();
}
