namespace FedMeta.SecureAgg;

/// <summary>What a client holds after the keys are agreed: for each peer the key to send and the key to receive a share
/// pair and the key of the mask; its seed; and its own share of that seed.</summary>
internal sealed class PeerSecrets : IDisposable
{
    private const int KeyLength = 32;
    private static readonly byte[] SingleUseNonce = new byte[AesGcmBox.NonceLength];
    private readonly AgreedRoster _roster;
    private readonly string _self;
    private readonly SecretBuffer _sendKeys;
    private readonly SecretBuffer _receiveKeys;
    private readonly SecretBuffer _maskKeys;
    private readonly SecretBuffer _seed;
    private readonly SecretBuffer _ownSeedShare = new(ShamirSharing.ShareLength);

    public PeerSecrets(AgreedRoster roster, string self, ReadOnlySpan<byte> seed)
    {
        var length = roster.Entries.Count * KeyLength;
        (_roster, _self) = (roster, self);
        (_sendKeys, _receiveKeys, _maskKeys) = (new(length), new(length), new(length));
        _seed = SecretBuffer.CopyOf(seed);
    }

    public ReadOnlySpan<byte> OwnSeedShare => _ownSeedShare.Span;

    /// <summary>Derives every pair's keys; false where an agreement is zero.</summary>
    public bool TryAgree(OneRoundKeys own, int threads)
    {
        var peers = _roster.Entries.Where(entry => entry.ClientId != _self);
        if (threads == 1) return peers.All(peer => TryAgree(own, peer));
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        return Parallel.ForEach(peers, parallel, (peer, loop) =>
        {
            if (!TryAgree(own, peer)) loop.Stop();
        }).IsCompleted;
    }

    public void HoldOwnSeedShare(ReadOnlySpan<byte> share) => share.CopyTo(_ownSeedShare.Span);

    /// <summary>Encrypts a share pair; the key is erased, so that no second message goes out under it.</summary>
    public byte[] Seal(string peer, ReadOnlySpan<byte> pair)
    {
        var key = KeyOf(_sendKeys, peer);
        var associated = PairKeys.AssociatedData(_roster.KeyContext, _self, peer);
        var ciphertext = AesGcmBox.Seal(key, SingleUseNonce, pair, associated);
        key.Clear();
        return ciphertext;
    }

    /// <summary>Decrypts a peer's share pair; false where it does not hold or is no pair of shares.</summary>
    public bool TryOpen(string peer, ReadOnlySpan<byte> ciphertext, Span<byte> pair)
    {
        var associated = PairKeys.AssociatedData(_roster.KeyContext, peer, _self);
        return AesGcmBox.TryOpen(KeyOf(_receiveKeys, peer), SingleUseNonce, ciphertext, associated, pair)
            && ShamirSharing.IsWellFormed(pair[..ShamirSharing.ShareLength])
            && ShamirSharing.IsWellFormed(pair[ShamirSharing.ShareLength..]);
    }

    /// <summary>The client's whole mask against <paramref name="peers"/>: PRG(b_u) + sum of its pair masks.</summary>
    public MaskSum MasksAgainst(IEnumerable<string> peers)
    {
        var masks = new MaskSum();
        masks.Add(_seed.Span, MaskSign.Add);
        foreach (var peer in peers) masks.Add(KeyOf(_maskKeys, peer), AgreedRoster.SignFor(_self, peer));
        return masks;
    }

    public void Dispose()
    {
        _sendKeys.Dispose();
        _receiveKeys.Dispose();
        _maskKeys.Dispose();
        _seed.Dispose();
        _ownSeedShare.Dispose();
    }

    public override string ToString() => "(secret)";

    private bool TryAgree(OneRoundKeys own, RosterEntry entry)
    {
        var (peer, keys) = entry;
        using var agreed = new SecretBuffer(X25519.KeyLength);
        if (!X25519.TryAgree(own.ShareKey.Span, keys.SharePublicKey.Span, agreed.Span)) return false;
        PairKeys.DeriveShareKey(agreed.Span, _roster.KeyContext, _self, peer, KeyOf(_sendKeys, peer));
        PairKeys.DeriveShareKey(agreed.Span, _roster.KeyContext, peer, _self, KeyOf(_receiveKeys, peer));
        if (!X25519.TryAgree(own.MaskKey.Span, keys.MaskPublicKey.Span, agreed.Span)) return false;
        PairKeys.DeriveMaskKey(agreed.Span, _roster.KeyContext, KeyOf(_maskKeys, peer));
        return true;
    }

    private Span<byte> KeyOf(SecretBuffer keys, string peer) =>
        keys.Span.Slice(_roster.IndexOf(peer) * KeyLength, KeyLength);
}
