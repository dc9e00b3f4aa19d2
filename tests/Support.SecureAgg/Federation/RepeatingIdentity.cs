using System.Security.Cryptography;

namespace FedMeta.SecureAgg.Tests;

/// <summary>A P-256 key that signs the same statement with the same bytes, so that a round can be played twice. ECDSA
/// draws a new number for every signature, and the roster's hash covers the signatures.</summary>
internal sealed class RepeatingIdentity : ECDsa
{
    private readonly ECDsa _key = Create(ECCurve.NamedCurves.nistP256);
    private readonly Dictionary<string, byte[]> _signatures = [];

    public override int KeySize => _key.KeySize;

    public override ECParameters ExportParameters(bool includePrivateParameters) =>
        _key.ExportParameters(includePrivateParameters);

    public override byte[] ExportSubjectPublicKeyInfo() => _key.ExportSubjectPublicKeyInfo();

    public override byte[] SignHash(byte[] hash)
    {
        lock (_signatures)
        {
            var name = Convert.ToHexString(hash);
            if (!_signatures.TryGetValue(name, out var signature)) _signatures[name] = signature = _key.SignHash(hash);
            return signature;
        }
    }

    public override bool VerifyHash(byte[] hash, byte[] signature) => _key.VerifyHash(hash, signature);

    protected override byte[] HashData(byte[] data, int offset, int count, HashAlgorithmName hashAlgorithm) =>
        SHA256.HashData(data.AsSpan(offset, count));

    protected override byte[] SignHashCore(ReadOnlySpan<byte> hash, DSASignatureFormat signatureFormat) =>
        SignHash(hash.ToArray());

    protected override void Dispose(bool disposing)
    {
        _key.Dispose();
        base.Dispose(disposing);
    }
}
