namespace FedMeta.SecureAgg;

/// <summary>The shares of one client's two secrets, encrypted for one peer.</summary>
/// <param name="Peer">Towards the server the recipient; from the server the sender.</param>
/// <param name="Ciphertext">AES-256-GCM of the seed share and the mask-key share, <see cref="Length"/> bytes with the
/// tag.</param>
public sealed record EncryptedShare(string Peer, ReadOnlyMemory<byte> Ciphertext)
{
    /// <summary>Length of the ciphertext in bytes: two shares of 40 and a tag of 16.</summary>
    public const int Length = (2 * ShamirSharing.ShareLength) + AesGcmBox.TagLength;
}
