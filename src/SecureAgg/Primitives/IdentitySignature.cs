using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>ECDSA on P-256 with SHA-256 (FIPS 186-5), signatures as r and s of 32 bytes each (IEEE P1363). Public keys
/// are SubjectPublicKeyInfo in the one form of 91 bytes: named curve, uncompressed point. A signature can be turned
/// into a second valid one, so nothing here takes its bytes for an identity.</summary>
public static class IdentitySignature
{
    /// <summary>Length in bytes of a signature.</summary>
    public const int Length = 64;

    /// <summary>Length in bytes of a public key.</summary>
    public const int PublicKeyLength = 91;

    private const int CoordinateLength = 32;

    // SEQUENCE { SEQUENCE { id-ecPublicKey, prime256v1 }, BIT STRING { 04 ... } } (RFC 5480, section 2).
    private static ReadOnlySpan<byte> KeyPrefix =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
        0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
    ];

    // p and b of P-256 (SP 800-186, section 3.2.1.3): y^2 = x^3 - 3x + b modulo p. Its cofactor is one.
    private static readonly BigInteger FieldPrime = BigInteger.Parse(
        "00ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", NumberStyles.HexNumber);

    private static readonly BigInteger CurveB = BigInteger.Parse(
        "005ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", NumberStyles.HexNumber);

    /// <summary>Signs with the member's key.</summary>
    /// <exception cref="ArgumentException">The key is not on a 256-bit curve.</exception>
    public static byte[] Sign(ECDsa key, ReadOnlySpan<byte> message)
    {
        var signature = key.SignData(
            message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        if (signature.Length != Length) throw new ArgumentException("an identity key is a P-256 key", nameof(key));
        return signature;
    }

    /// <summary>Whether the signature holds. False for every malformed key or signature.</summary>
    public static bool Verify(
        ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var key = TryImport(publicKey);
        return key is not null && Verify(key, message, signature);
    }

    /// <summary>Whether the signature holds under a key that was imported before, which saves most of the
    /// time.</summary>
    internal static bool Verify(ECDsa key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == Length && key.VerifyData(
            message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>Whether the bytes are a P-256 key in the one form that is accepted.</summary>
    /// <remarks>The curve's equation is checked here and not by an import, which takes a hundred times as long: every
    /// client asks this of every member.</remarks>
    public static bool IsValidPublicKey(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != PublicKeyLength || !publicKey.StartsWith(KeyPrefix)) return false;
        var point = publicKey[KeyPrefix.Length..];
        var x = new BigInteger(point[..CoordinateLength], isUnsigned: true, isBigEndian: true);
        var y = new BigInteger(point[CoordinateLength..], isUnsigned: true, isBigEndian: true);
        return x < FieldPrime && y < FieldPrime && (((y * y) - (x * x * x) + (3 * x) - CurveB) % FieldPrime).IsZero;
    }

    /// <summary>The key, or null where the bytes are none.</summary>
    internal static ECDsa? TryImport(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != PublicKeyLength || !publicKey.StartsWith(KeyPrefix)) return null;
        var point = publicKey[KeyPrefix.Length..];
        try
        {
            return ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = point[..CoordinateLength].ToArray(), Y = point[CoordinateLength..].ToArray() },
            });
        }
        catch (CryptographicException)
        {
            return null; // not a point of the curve
        }
    }
}
