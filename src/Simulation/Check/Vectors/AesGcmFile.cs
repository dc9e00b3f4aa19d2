using System.Text.Json;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Check.Vectors;

/// <summary>Sealing and opening with 256-bit keys and 96-bit nonces, the one form that FedMeta uses.</summary>
internal sealed class AesGcmFile() : WycheproofFile("AES-GCM", "AeadTest")
{
    protected override void CheckCase(string row, JsonElement group, JsonElement test, CheckReport report)
    {
        var (key, nonce, tag) = (Bytes(test, "key"), Bytes(test, "iv"), Bytes(test, "tag"));
        if (key.Length != AesGcmBox.KeyLength || nonce.Length != AesGcmBox.NonceLength
            || tag.Length != AesGcmBox.TagLength)
        {
            report.CannotCheck(row, "FedMeta seals with 256-bit keys, 96-bit nonces and 128-bit tags only");
            return;
        }

        var (message, associated, ciphertext) = (Bytes(test, "msg"), Bytes(test, "aad"), Bytes(test, "ct"));
        var plaintext = new byte[ciphertext.Length];
        var opened = AesGcmBox.TryOpen(key, nonce, [.. ciphertext, .. tag], associated, plaintext);
        if (Result(test) != "valid")
        {
            report.Same(row, "refusal", opened ? "opened" : "refused", "refused");
            return;
        }

        report.Same(row, "msg", opened ? Hex(plaintext) : "refused", Hex(message));
        report.Same(row, "ct and tag", Hex(AesGcmBox.Seal(key, nonce, message, associated)),
            Hex([.. ciphertext, .. tag]));
    }
}
