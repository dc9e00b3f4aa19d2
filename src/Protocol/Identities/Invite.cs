using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace FedMeta.Protocol;

/// <summary>
/// All that a hospital needs to join, in one line: where the server is, the pin of its key, who the hospital is to be,
/// a one-time secret, and until when. Eight fields between slashes, the last one a check against a cut or mistyped
/// line:
/// <c>fedmeta1/host:port/client-id/name/pin/secret/expiry/check</c>; none of them needs quoting in a shell.
/// </summary>
public sealed class Invite : IDisposable
{
    /// <summary>Longest line in characters.</summary>
    public const int MaxLength = 2048;

    /// <summary>Longest name in characters.</summary>
    public const int MaxName = 128;

    private const string Version = "fedmeta1";
    private const int CheckLength = 8;

    /// <param name="server">Where the server is.</param>
    /// <param name="serverPin">Of the server's key.</param>
    /// <param name="clientId">Of the hospital.</param>
    /// <param name="name">Of the hospital as people write it; 1 to 128 characters, no control characters.</param>
    /// <param name="secret">Owned by the invite from here on.</param>
    /// <param name="expires">UTC; cut to whole seconds.</param>
    public Invite(
        ServerAddress server,
        KeyPin serverPin,
        string clientId,
        string name,
        InviteSecret secret,
        DateTimeOffset expires)
    {
        if (!Protocol.ClientId.IsValid(clientId)) throw new ArgumentException("not a client id", nameof(clientId));
        if (!PlainText.IsOneLine(name, MaxName)) throw new ArgumentException("not a name", nameof(name));
        Server = server ?? throw new ArgumentNullException(nameof(server));
        ServerPin = serverPin;
        ClientId = clientId;
        Name = name;
        Secret = secret ?? throw new ArgumentNullException(nameof(secret));
        Expires = DateTimeOffset.FromUnixTimeSeconds(expires.ToUnixTimeSeconds());
    }

    /// <summary>Where the server is.</summary>
    public ServerAddress Server { get; }

    /// <summary>The only key that the hospital will accept there.</summary>
    public KeyPin ServerPin { get; }

    /// <summary>The hospital's id.</summary>
    public string ClientId { get; }

    /// <summary>The hospital's name.</summary>
    public string Name { get; }

    /// <summary>The one-time secret.</summary>
    public InviteSecret Secret { get; }

    /// <summary>When the server stops accepting it.</summary>
    public DateTimeOffset Expires { get; }

    /// <summary>The line to carry to the hospital. Holds the secret.</summary>
    public string Reveal()
    {
        var expires = Expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var name = Uri.EscapeDataString(Name);
        var line = $"{Version}/{Server}/{ClientId}/{name}/{ServerPin}/{Secret.Reveal()}/{expires}";
        return $"{line}/{CheckOf(line)}";
    }

    /// <summary>Reads a line; white space around it is ignored.</summary>
    /// <exception cref="FedMetaException"><see cref="ExitCode.InviteRefused"/> for anything but a whole
    /// invite.</exception>
    public static Invite Parse(string line) => TryParse(line, out var invite)
        ? invite
        : throw new FedMetaException(
            ExitCode.InviteRefused,
            "this is not a whole invite",
            $"copy the one line that begins with {Version}/ from end to end, or ask the operator for a new one");

    /// <summary>Reads a line; false for anything but a whole invite in its one spelling.</summary>
    public static bool TryParse([NotNullWhen(true)] string? line, [NotNullWhen(true)] out Invite? invite)
    {
        invite = null;
        var text = line?.Trim();
        if (text is not { Length: > 0 and <= MaxLength }) return false;
        var fields = text.Split('/');
        if (fields.Length != 8 || fields[0] != Version) return false;
        if (CheckOf(text[..text.LastIndexOf('/')]) != fields[7]) return false;
        if (!ServerAddress.TryParse(fields[1], out var server) || !Protocol.ClientId.IsValid(fields[2])) return false;
        var name = Uri.UnescapeDataString(fields[3]);
        if (!PlainText.IsOneLine(name, MaxName) || !KeyPin.TryParse(fields[4], out var pin)) return false;
        if (!long.TryParse(fields[6], NumberStyles.None, CultureInfo.InvariantCulture, out var expires)) return false;
        if (expires > DateTimeOffset.MaxValue.ToUnixTimeSeconds() || !InviteSecret.TryParse(fields[5], out var secret))
            return false;
        var candidate = new Invite(server, pin, fields[2], name, secret, DateTimeOffset.FromUnixTimeSeconds(expires));
        if (candidate.Reveal() == text)
        {
            invite = candidate;
            return true;
        }

        candidate.Dispose();
        return false;
    }

    /// <summary>Overwrites the secret.</summary>
    public void Dispose() => Secret.Dispose();

    /// <summary>For whom and where, never the secret.</summary>
    public override string ToString() => $"invite for {ClientId} at {Server} (secret)";

    private static string CheckOf(string line) =>
        Sha256Digest.Of(Encoding.UTF8.GetBytes(line)).ToString()[..CheckLength];
}
