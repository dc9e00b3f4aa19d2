using System.Security.Cryptography;
using System.Text;

namespace FedMeta.Protocol;

/// <summary>
/// Shows that whoever sends a certificate request holds the invite's secret: HMAC-SHA256 (RFC 2104) under the secret
/// over
/// <c>fedmeta-enrol-v1</c>, line feed, client id, line feed, request. The line feeds keep the parts apart, for a client
/// id may end in the byte that a request begins with.
/// </summary>
public static class EnrolmentProof
{
    /// <summary>Length in bytes.</summary>
    public const int Length = HMACSHA256.HashSizeInBytes;

    /// <summary>The proof, 32 bytes.</summary>
    /// <param name="secret">Of the invite.</param>
    /// <param name="clientId">Of the invite.</param>
    /// <param name="request">PKCS#10, DER.</param>
    public static byte[] Compute(InviteSecret secret, string clientId, ReadOnlySpan<byte> request)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (!ClientId.IsValid(clientId)) throw new ArgumentException("not a client id", nameof(clientId));
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Bytes);
        hmac.AppendData("fedmeta-enrol-v1\n"u8);
        hmac.AppendData(Encoding.ASCII.GetBytes(clientId));
        hmac.AppendData("\n"u8);
        hmac.AppendData(request);
        return hmac.GetHashAndReset();
    }

    /// <summary>Whether a peer's proof is right; the time it takes does not depend on where it is wrong.</summary>
    public static bool Verify(
        InviteSecret secret, string clientId, ReadOnlySpan<byte> request, ReadOnlySpan<byte> proof) =>
        ClientId.IsValid(clientId)
        && CryptographicOperations.FixedTimeEquals(Compute(secret, clientId, request), proof);
}
