namespace FedMeta.SecureAgg.Tests;

/// <summary>A client that encrypts well, but shares that have nothing to do with its secrets. To be made when it has
/// advertised and before it shares, while it still holds its key.</summary>
internal sealed class BadDealer(Simulated round, string self)
{
    private readonly byte[] _shareKey =
        Secrets.Reachable<OneRoundKeys>(round.Clients[self]).Single().ShareKey.Span.ToArray();

    /// <summary>A pair of well-formed shares that the peer can decrypt.</summary>
    public EncryptedShare Forge(string peer)
    {
        var roster = Secrets.Reachable<AgreedRoster>(round.Clients[self]).Single();
        var (agreed, key) = (new byte[X25519.KeyLength], new byte[32]);
        X25519.TryAgree(_shareKey, roster.KeysOf(peer).SharePublicKey.Span, agreed);
        PairKeys.DeriveShareKey(agreed, roster.KeyContext, self, peer, key);
        var associated = PairKeys.AssociatedData(roster.KeyContext, self, peer);
        var pair = new byte[2 * ShamirSharing.ShareLength];
        pair[int.Parse(peer[^3..]) % pair.Length] = 1;
        return new EncryptedShare(peer, AesGcmBox.Seal(key, new byte[AesGcmBox.NonceLength], pair, associated));
    }
}
