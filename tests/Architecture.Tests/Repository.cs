using FedMeta.Tests.Support;

namespace FedMeta.Architecture.Tests;

/// <summary>The checkout that these tests were built from: its files as they lie, build outputs left out.</summary>
internal static class Repository
{
    private static readonly string[] Outputs = ["artifacts", "bin", "obj", ".git", "TestResults", "node_modules"];

    public static string Root => CheckoutFolder.Root;

    /// <summary>Paths relative to the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Walk(new DirectoryInfo(Root)).Order(StringComparer.Ordinal)];

    public static string Read(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    public static IEnumerable<string> Projects(string folder) =>
        Files.Where(f =>
            f.StartsWith(folder + "/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<string> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
            yield return Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');
        foreach (var child in folder.EnumerateDirectories()
            .Where(d => !Outputs.Contains(d.Name) && d.LinkTarget is null))
        {
            foreach (var file in Walk(child)) yield return file;
        }
    }
}
