using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace FedMeta.Protocol;

/// <summary>
/// The HTTP proxy that a hospital's network wants calls to go through (CONNECT, RFC 9110 section 9.3.6). It sees host
/// and port and nothing else: TLS goes through it end to end.
/// </summary>
public sealed class ProxySettings
{
    private readonly NetworkCredential? _credential;

    private ProxySettings(Uri address, NetworkCredential? credential)
    {
        Address = address;
        _credential = credential;
    }

    /// <summary>Where the proxy is, without credentials.</summary>
    public Uri Address { get; }

    /// <summary>
    /// The proxy to use, or null for none: <paramref name="configured"/> where it is not empty (the word <c>none</c>
    /// for none), else <c>HTTPS_PROXY</c> or <c>https_proxy</c> unless <c>NO_PROXY</c> or <c>no_proxy</c> names the
    /// host.
    /// </summary>
    /// <param name="configured">The key of the configuration: <c>http://[user:password@]host:port</c>.</param>
    /// <param name="host">Of the server.</param>
    /// <param name="environment">A variable's value by its name.</param>
    /// <exception cref="FedMetaException"><see cref="ExitCode.Configuration"/> where the address cannot be.</exception>
    public static ProxySettings? Choose(string configured, string host, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(configured);
        ArgumentNullException.ThrowIfNull(environment);
        if (configured == "none") return null;
        if (configured.Length > 0) return Parse(configured, "the configured proxy");
        var inherited = Variable(environment, "HTTPS_PROXY");
        return inherited is null || IsExempt(host, Variable(environment, "NO_PROXY")) ? null : Parse(
            inherited, "HTTPS_PROXY");
    }

    /// <summary>Reads <c>http://[user:password@]host:port</c>; the scheme may be left out.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ProxySettings? proxy)
    {
        ArgumentNullException.ThrowIfNull(text);
        proxy = null;
        var whole = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        if (!Uri.TryCreate(whole, UriKind.Absolute, out var uri)) return false;
        if (uri.Scheme != Uri.UriSchemeHttp || uri.Host.Length == 0) return false;
        if (uri.PathAndQuery is not ("" or "/")) return false;
        var user = uri.UserInfo.Split(':', 2);
        var credential = uri.UserInfo.Length == 0
            ? null
            : new NetworkCredential(
                Uri.UnescapeDataString(user[0]), user.Length > 1 ? Uri.UnescapeDataString(user[1]) : "");
        proxy = new ProxySettings(new UriBuilder(uri.Scheme, uri.Host, uri.Port).Uri, credential);
        return true;
    }

    /// <summary>Where the proxy is; never the password.</summary>
    public override string ToString() =>
        _credential is null ? Address.Authority : $"{Address.Authority} (with a password)";

    internal IWebProxy ToWebProxy() => new WebProxy(Address) { Credentials = _credential };

    private static ProxySettings Parse(string text, string source) => TryParse(text, out var proxy)
        ? proxy
        : throw new FedMetaException(
            ExitCode.Configuration,
            $"{source} is no proxy address",
            "write it as http://proxy.example.org:3128, or http://user:password@proxy.example.org:3128");

    private static string? Variable(Func<string, string?> environment, string name)
    {
        var value = environment(name) ?? environment(name.ToLowerInvariant());
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    private static bool IsExempt(string host, string? list)
    {
        const StringSplitOptions options = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        foreach (var entry in (list ?? "").Split(',', options))
        {
            var suffix = entry.TrimStart('*').TrimStart('.');
            if (suffix.Length == 0) return true;
            if (host.Equals(suffix, StringComparison.OrdinalIgnoreCase)) return true;
            if (host.EndsWith("." + suffix, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
