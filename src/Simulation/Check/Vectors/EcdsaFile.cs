using System.Text.Json;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Check.Vectors;

/// <summary>ECDSA on P-256 with SHA-256, signatures as r and s (IEEE P1363).</summary>
internal sealed class EcdsaFile() : WycheproofFile("ECDSA", "EcdsaP1363Verify")
{
    protected override void CheckCase(string row, JsonElement group, JsonElement test, CheckReport report)
    {
        if (group.Property("publicKey").Property("curve").GetString() != "secp256r1"
            || group.Property("sha").GetString() != "SHA-256")
        {
            report.CannotCheck(row, "FedMeta signs with P-256 and SHA-256 only");
            return;
        }

        var valid = IdentitySignature.Verify(Bytes(group, "publicKeyDer"), Bytes(test, "msg"), Bytes(test, "sig"));
        report.Same(row, "result", valid ? "valid" : "invalid", Result(test));
    }
}
