using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace FedMeta.Protocol;

/// <summary>
/// Base64 that has one text for each value: a text that is not what encoding its bytes gives is refused.
/// </summary>
internal static class Base64Text
{
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
