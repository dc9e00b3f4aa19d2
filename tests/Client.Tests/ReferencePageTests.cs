using FedMeta.Client.Configuration;
using FedMeta.Client.Policy;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests;

public sealed class ReferencePageTests
{
    private static string Page(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FedMeta.sln")))
                return File.ReadAllText(Path.Combine(folder.FullName, "docs", "reference", name));
        }

        throw new InvalidOperationException("no checkout above the tests");
    }

    private static void Describes(string page, SettingSet set)
    {
        var rows = Page(page).Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();
        Assert.Equal(set.Keys.Count, rows.Count);
        foreach (var (key, row) in set.Keys.Zip(rows))
        {
            Assert.StartsWith($"| `{key.Name}` | ", row, StringComparison.Ordinal);
            Assert.Contains(key.DefaultText is { } value ? $"| `{value}` |" : "| required |", row,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_page_of_policy_toml_describes_every_key_with_its_default() =>
        Describes("policy.toml.md", PolicyFile.Keys);

    [Fact]
    public void The_page_of_client_toml_describes_every_key_with_its_default() =>
        Describes("client.toml.md", ClientSettings.Keys);
}
