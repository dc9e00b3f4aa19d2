namespace FedMeta.Architecture.Tests;

/// <summary>House rules that no compiler knows.</summary>
public sealed class SourceTreeTests
{
    private static readonly string[] EmptyNames =
        ["Util", "Utils", "Helper", "Helpers", "Manager", "Managers", "Common", "Misc"];

    private static IEnumerable<string> Sources =>
        Repository.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal));

    [Fact]
    public void No_source_file_is_longer_than_400_lines()
    {
        var tooLong = Sources.Select(f => (File: f, Lines: Repository.Read(f).Count(c => c == '\n')))
            .Where(f => f.Lines > 400);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void No_line_of_source_is_longer_than_120_columns_but_for_texts()
    {
        // A text or template that people read may stand in one piece.
        var tooLong = from file in Sources
                      from line in File.ReadLines(Path.Combine(Repository.Root, file)).Index()
                      where line.Item.Length > 120 && line.Item.IndexOfAny(['"', '<', '{']) < 0
                      select $"{file}:{line.Index + 1}";
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Nothing_has_a_name_that_says_nothing()
    {
        var parts = Repository.Files.Where(f =>
            f.StartsWith("src/", StringComparison.Ordinal) || f.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(f => Path.ChangeExtension(f, null).Split('/').Select(part => (File: f, Part: part)));
        var empty = parts.Where(p =>
            !IsThirdPartyName(p.Part) && EmptyNames.Any(n => p.Part.EndsWith(n, StringComparison.OrdinalIgnoreCase)));
        Assert.Empty(empty);
    }

    [Fact]
    public void Unfinished_work_is_not_left_in_the_source()
    {
        string[] marks = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception"];
        // In the gRPC contract that exception is what a method says which a service does not offer; the packages' does.
        var marked = Sources.Where(f =>
            !f.StartsWith("src/Rpc/", StringComparison.Ordinal) && !f.StartsWith("tests/Rpc",
            StringComparison.Ordinal) && marks.Any(m => Repository.Read(f).Contains(m, StringComparison.Ordinal)));
        Assert.Empty(marked);
    }

    [Fact]
    public void Text_files_end_lines_with_LF_alone()
    {
        string[] text = [".cs", ".csproj", ".props", ".targets", ".md", ".toml", ".proto", ".sh", ".service", ".csv"];
        var carriageReturns = Repository.Files.Where(f =>
            text.Contains(Path.GetExtension(f)) && Repository.Read(f).Contains('\r'));
        Assert.Empty(carriageReturns);
    }

    [Fact]
    public void The_registry_switch_is_decided_in_props_and_targets_alone()
    {
        var elsewhere = Repository.Files
            .Where(f => Path.GetExtension(f) is ".csproj" or ".cs"
            && !f.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal))
            .Where(f => Repository.Read(f).Contains("Full" + "Registry", StringComparison.Ordinal));
        Assert.Empty(elsewhere);
    }

    [Fact]
    public void Every_relative_link_in_a_document_leads_somewhere()
    {
        var broken = from file in Repository.Files
                     where file.EndsWith(".md", StringComparison.Ordinal)
                     from link in MarkdownLinks.In(Repository.Read(file))
                     where !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, link))
                     select $"{file} -> {link}";
        Assert.Empty(broken);
    }

    /// <summary>The gRPC contract assembly keeps the name that the packages ask for.</summary>
    private static bool IsThirdPartyName(string part) => part.StartsWith("Grpc.Net.Common", StringComparison.Ordinal);
}
