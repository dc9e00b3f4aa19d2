using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Server.Audit;

/// <summary>Base64 from a file of unknown origin.</summary>
internal static class Base64
{
    /// <summary>The bytes; false for anything but Base64 of at most 8 KiB.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        var buffer = new byte[8192];
        bytes = Convert.TryFromBase64String(text, buffer, out var written) ? buffer[..written] : null;
        return bytes is not null;
    }
}
