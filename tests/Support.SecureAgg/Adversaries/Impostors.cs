using System.Security.Cryptography;

namespace FedMeta.SecureAgg.Tests;

/// <summary>Clients that exist on the server alone: keys of its own under the names of others.</summary>
internal sealed class Impostors(IReadOnlyList<string> names, RandomNumberGenerator random)
{
    private readonly Dictionary<string, (byte[] ShareKey, byte[] MaskKey)> _secrets =
        names.ToDictionary(name => name, _ => (Fresh(random), Fresh(random)));

    /// <summary>Their entries of a roster. The signatures are those of the genuine entries: the server has no
    /// better.</summary>
    public IEnumerable<RosterEntry> Entries(IReadOnlyList<RosterEntry> genuine) => names.Select(name => new RosterEntry(
        name,
        new AdvertiseKeysMessage(
            X25519.PublicKey(_secrets[name].ShareKey),
            X25519.PublicKey(_secrets[name].MaskKey),
            Fresh(random),
            Fresh(random),
            genuine.Single(entry => entry.ClientId == name).Keys.Signature)));

    /// <summary>Decrypts what a client shared with them.</summary>
    public void Read(AgreedRoster roster, string client, ShareKeysMessage shared, Knowledge knowledge)
    {
        foreach (var (peer, ciphertext) in shared.Shares)
        {
            if (KeysOf(roster, peer).Open(client, ciphertext.Span) is { } pair) knowledge.Pair(client, peer, pair);
        }
    }

    /// <summary>Shares of theirs for a client.</summary>
    public SharesForClient SharesFor(AgreedRoster roster, string client) => new(
    [
        .. names.Select(name => new EncryptedShare(
            name, KeysOf(roster, name).Seal(client, new byte[2 * ShamirSharing.ShareLength]))),
    ]);

    private static byte[] Fresh(RandomNumberGenerator random)
    {
        var bytes = new byte[32];
        random.GetBytes(bytes);
        return bytes;
    }

    private OpenKeys KeysOf(AgreedRoster roster, string name) =>
        new(roster, name, _secrets[name].ShareKey, _secrets[name].MaskKey);
}
