using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>Secret bytes at an address that the garbage collector does not change, zeroed on disposal. They live in
/// memory alone.</summary>
internal sealed class SecretBuffer : IDisposable
{
    private readonly byte[] _bytes;

    public SecretBuffer(int length) => _bytes = GC.AllocateArray<byte>(length, pinned: true);

    /// <summary>The array itself, for a library that takes arrays; never keep it.</summary>
    public byte[] Bytes => IsErased ? throw new ObjectDisposedException(nameof(SecretBuffer)) : _bytes;

    public Span<byte> Span => Bytes;

    public bool IsErased { get; private set; }

    public static SecretBuffer CopyOf(ReadOnlySpan<byte> bytes)
    {
        var copy = new SecretBuffer(bytes.Length);
        bytes.CopyTo(copy._bytes);
        return copy;
    }

    public static SecretBuffer Random(int length, RandomNumberGenerator random)
    {
        var secret = new SecretBuffer(length);
        random.GetBytes(secret._bytes.AsSpan());
        return secret;
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_bytes);
        IsErased = true;
    }

    public override string ToString() => "(secret)";
}
