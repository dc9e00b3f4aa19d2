namespace FedMeta.Protocol.Tests;

/// <summary>Finds the samples of this checkout.</summary>
internal static class Samples
{
    public static string Root { get; } = Find();

    public static string Heart => Path.Combine(Root, "samples", "heart.toml");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FedMeta.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
