using FedMeta.Server.Hosting;

namespace FedMeta.Server.Tests.Hosting;

public sealed class ReferencePageTests
{
    [Fact]
    public void The_reference_page_of_server_toml_says_what_the_program_says()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "reference", "server.toml.md"));
        foreach (var key in ServerSettings.All.Keys)
        {
            var fallback = key.DefaultText is { } text ? $"`{text}`" : "(required)";
            Assert.Contains($"| `{key.Name}` | {fallback} | {key.Range} | {key.Summary} |", page);
        }

        Assert.InRange(ServerSettings.All.Keys.Count, 1, 25);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "FedMeta.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
