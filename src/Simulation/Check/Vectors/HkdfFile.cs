using System.Text.Json;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Check.Vectors;

/// <summary>RFC 5869 with SHA-256; an output that is too long must be refused.</summary>
internal sealed class HkdfFile() : WycheproofFile("HKDF-SHA-256", "HkdfTest")
{
    protected override void CheckCase(string row, JsonElement group, JsonElement test, CheckReport report)
    {
        var size = test.Property("size").GetInt32();
        if (Result(test) != "valid")
        {
            report.Same(row, "refusal", TryDerive(test, size) is null ? "refused" : "derived", "refused");
            return;
        }

        report.Same(row, "okm", TryDerive(test, size) is { } key ? Hex(key) : "refused",
            test.Property("okm").GetString()!);
    }

    private static byte[]? TryDerive(JsonElement test, int size)
    {
        var key = new byte[size];
        try
        {
            HkdfSha256.DeriveKey(Bytes(test, "ikm"), Bytes(test, "salt"), Bytes(test, "info"), key);
            return key;
        }
        catch (ArgumentException)
        {
            return null; // how the function refuses a length that the RFC does not allow
        }
    }
}
