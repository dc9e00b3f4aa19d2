using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace FedMeta.SecureAgg;

/// <summary>SHA-256 over fields that each stand behind their length, under a label of this protocol, so that no two
/// different lists of fields and no two purposes hash the same bytes.</summary>
internal sealed class CanonicalHash : IDisposable
{
    private const string Protocol = "fedmeta-secagg-v1";
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public CanonicalHash(string purpose) => Add(Protocol).Add(purpose);

    public CanonicalHash Add(ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        _hash.AppendData(length);
        _hash.AppendData(field);
        return this;
    }

    public CanonicalHash Add(string field) => Add(Encoding.UTF8.GetBytes(field));

    public CanonicalHash Add(long field)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, field);
        return Add(bytes);
    }

    public byte[] Finish() => _hash.GetHashAndReset();

    public void Dispose() => _hash.Dispose();
}
