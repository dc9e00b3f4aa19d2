using System.Text.Json;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Check.Vectors;

/// <summary>RFC 7748 agreements; a shared secret of zeros must be refused, whatever the vectors accept.</summary>
internal sealed class X25519File() : WycheproofFile("XDH", "XdhComp")
{
    protected override void CheckCase(string row, JsonElement group, JsonElement test, CheckReport report)
    {
        if (group.Property("curve").GetString() != "curve25519")
        {
            report.CannotCheck(row, "FedMeta agrees on curve25519 only");
            return;
        }

        Span<byte> shared = stackalloc byte[X25519.KeyLength];
        var agreed = X25519.TryAgree(Bytes(test, "private"), Bytes(test, "public"), shared);
        if (HasFlag(test, "ZeroSharedSecret"))
        {
            report.Same(row, "refusal of a zero secret", agreed ? "agreed" : "refused", "refused");
            return;
        }

        if (Result(test) == "invalid") report.Same(row, "result", agreed ? "agreed" : "refused", "refused");
        else report.Same(row, "shared", agreed ? Hex(shared) : "refused", test.Property("shared").GetString()!);
    }
}
