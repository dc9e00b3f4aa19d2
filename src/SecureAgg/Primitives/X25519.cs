using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Curve = Org.BouncyCastle.Math.EC.Rfc7748.X25519;

namespace FedMeta.SecureAgg;

/// <summary>X25519 key agreement (RFC 7748, section 5). Secret keys, public keys and shared secrets are 32 bytes.
/// The shared secret is raw: it always goes through <see cref="HkdfSha256"/> before it is a key.</summary>
public static class X25519
{
    /// <summary>Length in bytes of a secret key, of a public key and of a shared secret.</summary>
    public const int KeyLength = 32;

    private static readonly BigInteger Prime = (BigInteger.One << 255) - 19;

    // The roots of (u^2 - 1)^2 = 4 u (u^2 + 486662 u + 1): doubled, they give a point of order four.
    private static readonly BigInteger OrderEight = BigInteger.Parse(
        "325606250916557431795983626356110631294008115727848805560023387167927233504", CultureInfo.InvariantCulture);

    private static readonly BigInteger OtherOrderEight = BigInteger.Parse(
        "39382357235489614581723060781553021112529911719440698176882885853963445705823", CultureInfo.InvariantCulture);

    /// <summary>The public key of <paramref name="secretKey"/>, whose bits are clamped as the RFC says.</summary>
    /// <exception cref="ArgumentException">The key is not 32 bytes.</exception>
    public static byte[] PublicKey(ReadOnlySpan<byte> secretKey)
    {
        Require(secretKey, nameof(secretKey));
        var publicKey = new byte[KeyLength];
        using var secret = SecretBuffer.CopyOf(secretKey);
        Curve.ScalarMultBase(secret.Bytes, 0, publicKey, 0);
        return publicKey;
    }

    /// <summary>Computes the shared secret; false, and zeros, where it is all zero: the other key is a point of low
    /// order and the secret would be known to everyone (RFC 7748, section 6.1).</summary>
    /// <exception cref="ArgumentException">A span is not 32 bytes.</exception>
    public static bool TryAgree(
        ReadOnlySpan<byte> secretKey, ReadOnlySpan<byte> publicKey, Span<byte> sharedSecret)
    {
        Require(secretKey, nameof(secretKey));
        Require(publicKey, nameof(publicKey));
        Require(sharedSecret, nameof(sharedSecret));
        using var secret = SecretBuffer.CopyOf(secretKey);
        using var shared = new SecretBuffer(KeyLength);
        var agreed = Curve.CalculateAgreement(secret.Bytes, 0, publicKey.ToArray(), 0, shared.Bytes, 0);
        shared.Span.CopyTo(sharedSecret);
        return agreed;
    }

    /// <summary>Whether the bytes are the one canonical encoding of a u-coordinate: below 2^255 - 19. Other encodings
    /// of the same point would slip past a search for equal keys. False for a wrong length.</summary>
    public static bool IsCanonicalPublicKey(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != KeyLength) return false;
        return new BigInteger(publicKey, isUnsigned: true) < Prime;
    }

    /// <summary>Whether every agreement with the key comes out as zero: the order of its point divides the cofactor 8,
    /// which divides every clamped scalar. Modulo the prime these are the u-coordinates 0 and 1, -1, and the two of
    /// order eight, on the curve or its twist.</summary>
    internal static bool IsLowOrder(ReadOnlySpan<byte> publicKey)
    {
        Require(publicKey, nameof(publicKey));
        var u = (new BigInteger(publicKey, isUnsigned: true) & ((BigInteger.One << 255) - 1)) % Prime;
        return u.IsZero || u.IsOne || u == Prime - 1 || u == OrderEight || u == OtherOrderEight;
    }

    private static void Require(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes.Length != KeyLength) throw new ArgumentException("X25519 works on 32 bytes", name);
    }
}
