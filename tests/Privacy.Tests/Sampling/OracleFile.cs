using System.Globalization;
using System.Text.Json;
using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Sampling;

/// <summary>A table of reference values under <c>shared/oracles/dp</c>.</summary>
internal static class OracleFile
{
    public const string Folder = "oracles/dp";

    public static IReadOnlyList<JsonElement> Rows(string file, string table = "rows")
    {
        var path = SharedFolder.Find($"{Folder}/{file}")
            ?? throw new InvalidOperationException($"{file} is not beside this checkout");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var rows = document.RootElement.GetProperty(table).EnumerateArray().Select(row => row.Clone()).ToList();
        Assert.NotEmpty(rows);
        return rows;
    }

    /// <summary>A number, also where it is written as a decimal string.</summary>
    public static double Number(this JsonElement row, string column)
    {
        var value = row.GetProperty(column);
        return value.ValueKind == JsonValueKind.String
            ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture)
            : value.GetDouble();
    }

    public static int Whole(this JsonElement row, string column) => row.GetProperty(column).GetInt32();

    public static string Text(this JsonElement row, string column) => row.GetProperty(column).GetString()!;

    /// <summary>Fails unless the two agree to the relative tolerance.</summary>
    public static void AssertClose(double expected, double actual, double relative, string what)
    {
        var distance = Math.Abs(actual - expected);
        Assert.True(
            distance <= relative * Math.Abs(expected) || expected == actual,
            string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expected:R}, got {actual:R}"));
    }
}
