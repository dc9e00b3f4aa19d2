using System.Text.Json;
using FedMeta.Tests.Support;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Reads the Wycheproof files of the shared folder.</summary>
internal static class Wycheproof
{
    public static IEnumerable<(JsonElement Group, JsonElement Test)> Cases(string file)
    {
        var path = SharedFolder.Find($"oracles/secagg/{file}")!;
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var group in document.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var tests = group.GetProperty("tests").EnumerateArray();
            foreach (var test in tests) yield return (group.Clone(), test.Clone());
        }
    }

    public static byte[] Hex(this JsonElement element, string name) =>
        Convert.FromHexString(element.GetProperty(name).GetString()!);

    public static string Name(this JsonElement test) =>
        $"{test.GetProperty("tcId").GetInt32()}: {test.GetProperty("comment").GetString()}";

    public static string Result(this JsonElement test) => test.GetProperty("result").GetString()!;

    public static bool HasFlag(this JsonElement test, string flag) =>
        test.GetProperty("flags").EnumerateArray().Any(each => each.GetString() == flag);
}
