namespace FedMeta.SecureAgg.Tests;

/// <summary>What a client's two secret keys give with every peer of a roster, for clients that the adversary runs or
/// that are weak on purpose: nothing is hidden or erased.</summary>
internal sealed class OpenKeys(AgreedRoster roster, string self, ReadOnlyMemory<byte> shareKey, byte[] maskKey)
{
    private static readonly byte[] Nonce = new byte[AesGcmBox.NonceLength];

    public byte[] MaskKey => maskKey;

    /// <summary>The key of the mask between two clients, from the secret mask key of one of them.</summary>
    public static byte[] PairMask(AgreedRoster roster, ReadOnlySpan<byte> maskKey, string peer)
    {
        var (agreed, key) = (new byte[X25519.KeyLength], new byte[MaskKernel.KeyLength]);
        X25519.TryAgree(maskKey, roster.KeysOf(peer).MaskPublicKey.Span, agreed);
        PairKeys.DeriveMaskKey(agreed, roster.KeyContext, key);
        return key;
    }

    public byte[] MaskWith(string peer) => PairMask(roster, maskKey, peer);

    public byte[] Seal(string peer, ReadOnlySpan<byte> pair)
    {
        var associated = PairKeys.AssociatedData(roster.KeyContext, self, peer);
        return AesGcmBox.Seal(ShareKey(peer, self, peer), Nonce, pair, associated);
    }

    /// <summary>A peer's seed share and mask-key share; null where they do not open.</summary>
    public byte[]? Open(string peer, ReadOnlySpan<byte> ciphertext)
    {
        var pair = new byte[2 * ShamirSharing.ShareLength];
        var associated = PairKeys.AssociatedData(roster.KeyContext, peer, self);
        return AesGcmBox.TryOpen(ShareKey(peer, peer, self), Nonce, ciphertext, associated, pair) ? pair : null;
    }

    private byte[] ShareKey(string peer, string sender, string recipient)
    {
        var (agreed, key) = (new byte[X25519.KeyLength], new byte[AesGcmBox.KeyLength]);
        X25519.TryAgree(shareKey.Span, roster.KeysOf(peer).SharePublicKey.Span, agreed);
        PairKeys.DeriveShareKey(agreed, roster.KeyContext, sender, recipient, key);
        return key;
    }
}
