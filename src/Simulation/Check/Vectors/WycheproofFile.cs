using System.Text.Json;

namespace FedMeta.Simulation.Check.Vectors;

/// <summary>Test vectors of C2SP/wycheproof: groups of cases, each valid, invalid or acceptable.</summary>
internal abstract class WycheproofFile(string algorithm, string type) : OracleFormat
{
    public override bool Recognises(OracleFile file) =>
        file.Has("testGroups") && file.Root.TryGetProperty("algorithm", out var name) && name.ToString() == algorithm
        && file.Root.Property("testGroups").EnumerateArray()
        .All(g => g.TryGetProperty("type", out var t) && t.ToString() == type);

    public override IEnumerable<string> RowsOf(OracleFile file) =>
        from batch in file.Root.Property("testGroups").EnumerateArray()
        from test in batch.Property("tests").EnumerateArray()
        select Name(test);

    public override void Check(OracleFile file, CheckReport report)
    {
        var rows = RowsOf(file).ToList();
        var said = file.Root.Property("numberOfTests").GetInt32();
        if (said != rows.Count)
            report.Fail("testGroups", "numberOfTests", $"{rows.Count} cases in the file", $"{said} cases",
                "cases are missing from the file, or added");
        foreach (var twice in rows.GroupBy(r => r).Where(g => g.Count() > 1))
            report.Fail(twice.Key, "tcId", $"{twice.Count()} cases", "one case", "a number stands for two cases");

        foreach (var group in file.Root.Property("testGroups").EnumerateArray())
        {
            foreach (var test in group.Property("tests").EnumerateArray())
                Guarded(report, Name(test), () => CheckCase(Name(test), group, test, report));
        }
    }

    protected abstract void CheckCase(string row, JsonElement group, JsonElement test, CheckReport report);

    protected static byte[] Bytes(JsonElement test, string property) =>
        Convert.FromHexString(test.Property(property).GetString()!);

    protected static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    protected static string Result(JsonElement test) => test.Property("result").GetString()!;

    protected static bool HasFlag(JsonElement test, string flag) =>
        test.Property("flags").EnumerateArray().Any(f => f.GetString() == flag);

    private static string Name(JsonElement test) => $"case {test.Property("tcId").GetInt32()}";
}
