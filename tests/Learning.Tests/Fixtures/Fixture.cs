using System.Text.Json;

namespace FedMeta.Learning.Tests;

/// <summary>Reads a file of this folder in the checkout.</summary>
internal static class Fixture
{
    public static JsonElement Read(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FedMeta.sln"))) folder = folder.Parent!;
        var path = Path.Combine(folder.FullName, "tests", "Learning.Tests", "Fixtures", name);
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    public static double[] Vector(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    /// <summary>The largest difference is at most <paramref name="tolerance"/> of the largest expected number.</summary>
    public static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance * scale);
    }
}
