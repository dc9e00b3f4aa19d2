using System.Text.RegularExpressions;

namespace FedMeta.Protocol.Tests;

public partial class ExitCodeTests
{
    [Fact]
    public void Names_are_words_with_hyphens()
    {
        Assert.Equal("ok", ExitCode.Ok.Name());
        Assert.Equal("wrong-server-key", ExitCode.WrongServerKey.Name());
        Assert.Equal("already-initialised", ExitCode.AlreadyInitialised.Name());
    }

    [Fact]
    public void Each_exit_code_has_its_line_in_the_reference_and_each_line_its_exit_code()
    {
        var page = File.ReadAllText(Path.Combine(Samples.Root, "docs", "reference", "exit-codes.md"));
        var documented = Row().Matches(page)
            .Select(row => $"{row.Groups["code"].Value} {row.Groups["name"].Value}")
            .ToList();
        Assert.Equal(Enum.GetValues<ExitCode>().Select(code => $"{(int)code} {code.Name()}"), documented);
        Assert.All(Row().Matches(page), row =>
        {
            Assert.True(row.Groups["means"].Value.Trim().Length > 10);
            Assert.True(row.Groups["todo"].Value.Trim().Length > 5);
        });
    }

    [GeneratedRegex(
        @"^\| (?<code>\d+) \| `(?<name>[a-z-]+)` \| (?<means>[^|]+) \| (?<todo>[^|]+) \|$",
        RegexOptions.Multiline)]
    private static partial Regex Row();
}
