using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Client.Ledger;

/// <summary>Base64 from a record that may have been written by anyone.</summary>
internal static class Base64
{
    /// <summary>The bytes; false for anything but Base64.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        var buffer = new byte[text.Length];
        bytes = Convert.TryFromBase64String(text, buffer, out var written) ? buffer[..written] : null;
        return bytes is not null;
    }
}
