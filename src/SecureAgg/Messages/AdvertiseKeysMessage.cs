namespace FedMeta.SecureAgg;

/// <summary>Phase 0, client to server: the one-round public keys under the member's long-term signature.</summary>
/// <param name="SharePublicKey">X25519 public key for the encryption of shares, 32 bytes, canonical.</param>
/// <param name="MaskPublicKey">X25519 public key for the pairwise masks, 32 bytes, canonical. A separate pair because
/// its secret half is opened when the client drops.</param>
/// <param name="SeedCommitment">SHA-256 commitment to the self-mask seed, 32 bytes.</param>
/// <param name="Nonce">32 random bytes, so that no two rosters hash alike.</param>
/// <param name="Signature">ECDSA P-256 / SHA-256 over all of it, the client id and the round's hash, 64 bytes
/// (IEEE P1363).</param>
public sealed record AdvertiseKeysMessage(
    ReadOnlyMemory<byte> SharePublicKey,
    ReadOnlyMemory<byte> MaskPublicKey,
    ReadOnlyMemory<byte> SeedCommitment,
    ReadOnlyMemory<byte> Nonce,
    ReadOnlyMemory<byte> Signature) : ClientMessage
{
    /// <summary>Length in bytes of the commitment and of the nonce.</summary>
    public const int DigestLength = 32;

    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.AdvertiseKeys;

    /// <summary>Every field has the one length that it may have.</summary>
    internal bool HasExactLengths =>
        SharePublicKey.Length == X25519.KeyLength
        && MaskPublicKey.Length == X25519.KeyLength
        && SeedCommitment.Length == DigestLength
        && Nonce.Length == DigestLength
        && Signature.Length == IdentitySignature.Length;

    /// <summary>Both keys are the one encoding of their point, so that equal keys are equal bytes.</summary>
    internal bool HasCanonicalKeys =>
        X25519.IsCanonicalPublicKey(SharePublicKey.Span) && X25519.IsCanonicalPublicKey(MaskPublicKey.Span);

    /// <summary>The four values that were drawn for this round and can stand in no other advertisement.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> FreshValues => [SharePublicKey, MaskPublicKey, SeedCommitment, Nonce];

    /// <summary>The same bytes in every field.</summary>
    internal bool Matches(AdvertiseKeysMessage other) =>
        SharePublicKey.Span.SequenceEqual(other.SharePublicKey.Span)
        && MaskPublicKey.Span.SequenceEqual(other.MaskPublicKey.Span)
        && SeedCommitment.Span.SequenceEqual(other.SeedCommitment.Span)
        && Nonce.Span.SequenceEqual(other.Nonce.Span)
        && Signature.Span.SequenceEqual(other.Signature.Span);
}
