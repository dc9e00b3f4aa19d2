using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>
/// Base64 that has one text for each value: a text that is not what encoding its bytes gives is refused.
/// </summary>
public static class Base64Text
{
    // Longer than any value that a record holds in this form.
    private const int MostInARecord = 8192;

    /// <summary>The bytes of base64url without padding; false for anything else or for more than
    /// <paramref name="maxBytes"/> of them.</summary>
    public static bool TryDecodeUrl(string text, int maxBytes, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length > Base64Url.GetEncodedLength(maxBytes)) return false;
        var buffer = new byte[maxBytes];
        if (Base64Url.DecodeFromChars(text, buffer, out var consumed, out var written) != OperationStatus.Done)
            return false;
        if (consumed != text.Length || Base64Url.EncodeToString(buffer.AsSpan(..written)) != text) return false;
        bytes = buffer[..written];
        return true;
    }

    /// <summary>The bytes of a value in a record; false for anything but base64 of at most 8 KiB.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes) =>
        TryDecode(text, MostInARecord, out bytes);

    /// <summary>The bytes of base64; false for anything else or for more than <paramref name="maxBytes"/> of
    /// them.</summary>
    public static bool TryDecode(string text, int maxBytes, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length > checked((maxBytes + 2) / 3 * 4)) return false;
        var buffer = new byte[maxBytes + 2];
        if (!Convert.TryFromBase64String(text, buffer, out var written) || written > maxBytes) return false;
        if (Convert.ToBase64String(buffer, 0, written) != text) return false;
        bytes = buffer[..written];
        return true;
    }
}
