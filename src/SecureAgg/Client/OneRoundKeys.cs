using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>A client's secrets of phase 0: the key for shares (c_u), the key for masks (s_u) and the self-mask seed
/// (b_u), 32 bytes each.</summary>
internal sealed class OneRoundKeys(RandomNumberGenerator random) : IDisposable
{
    public SecretBuffer ShareKey { get; } = SecretBuffer.Random(X25519.KeyLength, random);

    public SecretBuffer MaskKey { get; } = SecretBuffer.Random(X25519.KeyLength, random);

    public SecretBuffer Seed { get; } = SecretBuffer.Random(MaskKernel.KeyLength, random);

    /// <summary>The public side, still without a signature.</summary>
    public AdvertiseKeysMessage Advertise(ReadOnlySpan<byte> contextHash, string self, RandomNumberGenerator random)
    {
        var nonce = new byte[AdvertiseKeysMessage.DigestLength];
        random.GetBytes(nonce);
        return new AdvertiseKeysMessage(
            X25519.PublicKey(ShareKey.Span),
            X25519.PublicKey(MaskKey.Span),
            Statements.SeedCommitment(contextHash, self, Seed.Span),
            nonce,
            ReadOnlyMemory<byte>.Empty);
    }

    public void Dispose()
    {
        ShareKey.Dispose();
        MaskKey.Dispose();
        Seed.Dispose();
    }

    public override string ToString() => "(secret)";
}
