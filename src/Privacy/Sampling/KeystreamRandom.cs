using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FedMeta.Privacy;

/// <summary>
/// AES-256 in counter mode (NIST SP 800-38A, section 6.5) under a fresh key, counting from zero: a fast source of
/// cryptographic bytes for one vector. The key comes from the caller's source and is zeroed with the buffer.
/// </summary>
internal sealed class KeystreamRandom : RandomNumberGenerator
{
    private const int BlockSize = 16;
    private const int BufferSize = 16 * 1024;

    // Pinned, so that the collector leaves no copies behind.
    private readonly byte[] _buffer = GC.AllocateArray<byte>(BufferSize, pinned: true);
    private readonly byte[] _counters = new byte[BufferSize];
    private readonly Aes _aes;
    private readonly ICryptoTransform _cipher;
    private ulong _counter;
    private int _position;

    /// <param name="seedSource">Gives the 32 bytes of the key.</param>
    public KeystreamRandom(RandomNumberGenerator seedSource)
    {
        ArgumentNullException.ThrowIfNull(seedSource);
        var key = new byte[32];
        _aes = Aes.Create();
        try
        {
            seedSource.GetBytes(key);
            _aes.Mode = CipherMode.ECB;
            _aes.Padding = PaddingMode.None;
            _cipher = _aes.CreateEncryptor(key, null);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }

        _position = _buffer.Length;
    }

    /// <summary>Bytes handed out or passed over so far.</summary>
    public long BytesDrawn => ((long)_counter * BlockSize) - (_buffer.Length - _position);

    public ulong NextUInt64()
    {
        if (_position + sizeof(ulong) > _buffer.Length) Refill();
        var value = BinaryPrimitives.ReadUInt64LittleEndian(_buffer.AsSpan(_position));
        _position += sizeof(ulong);
        return value;
    }

    public uint NextUInt32()
    {
        if (_position + sizeof(uint) > _buffer.Length) Refill();
        var value = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_position));
        _position += sizeof(uint);
        return value;
    }

    public override void GetBytes(Span<byte> data)
    {
        while (!data.IsEmpty)
        {
            if (_position == _buffer.Length) Refill();
            var count = Math.Min(data.Length, _buffer.Length - _position);
            _buffer.AsSpan(_position, count).CopyTo(data);
            _position += count;
            data = data[count..];
        }
    }

    public override void GetBytes(byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        GetBytes(data.AsSpan());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(_buffer);
            _cipher.Dispose();
            _aes.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Refill()
    {
        // Blocks are 128-bit counters, most significant byte first; the upper halves stay zero.
        var words = MemoryMarshal.Cast<byte, ulong>(_counters.AsSpan());
        var first = _counter;
        _counter = checked(_counter + (BufferSize / BlockSize));
        for (var block = 0; block < BufferSize / BlockSize; block++)
            words[(2 * block) + 1] = BigEndian(first + (ulong)block);
        _cipher.TransformBlock(_counters, 0, _counters.Length, _buffer, 0);
        _position = 0;
    }

    private static ulong BigEndian(ulong value) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
