using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FedMeta.Protocol;

/// <summary>
/// Where the coordinator listens: <c>fl.example.org</c>, <c>fl.example.org:8443</c>, <c>[::1]:8443</c>.
/// </summary>
/// <param name="Host">DNS name or address, without brackets.</param>
/// <param name="Port">1 to 65535.</param>
public sealed record ServerAddress(string Host, int Port)
{
    /// <summary>The port where none is named.</summary>
    public const int DefaultPort = 443;

    /// <summary>The URI that calls go to.</summary>
    public Uri Uri => new($"https://{this}/");

    /// <summary>
    /// Reads host and port; false where it is neither a DNS name nor an address, or the port is out of range.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ServerAddress? address)
    {
        address = null;
        if (text is not { Length: > 0 and <= 262 }) return false;
        var end = text[0] == '[' ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(
            ':', StringComparison.Ordinal);
        if (end < 0) end = text.Length;
        if (end == 0) return false;
        var (host, rest) = (text[..end], text[end..]);
        var port = DefaultPort;
        if (rest.Length > 0 && !TryReadPort(rest, out port)) return false;
        if (host[0] == '[')
        {
            if (!IPAddress.TryParse(host[1..^1], out var ip) || ip.AddressFamily != AddressFamily.InterNetworkV6)
                return false;
            address = new ServerAddress(ip.ToString(), port);
            return true;
        }

        if (!IsName(host)) return false;
        address = new ServerAddress(host.ToLowerInvariant(), port);
        return true;
    }

    /// <summary>Host and port, with the brackets that an IPv6 address needs.</summary>
    public override string ToString() =>
        (Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:" : $"{Host}:")
        + Port.ToString(CultureInfo.InvariantCulture);

    private static bool TryReadPort(string text, out int port)
    {
        port = 0;
        return text.Length is > 1 and <= 6 && text[0] == ':' && text[1] != '0'
            && int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port is > 0 and <= ushort.MaxValue;
    }

    private static bool IsName(string host) =>
        host.Length <= 253
        && host.Split('.').All(label => label.Length is > 0 and <= 63
            && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            && label[0] != '-' && label[^1] != '-');
}
