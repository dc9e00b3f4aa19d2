using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>Numbers that follow from a public seed, the same for everyone: the AES-256 keystream in counter mode (SP
/// 800-38A) from the counter zero, read as little-endian words of 32 bits.</summary>
internal sealed class KeystreamNumbers : IDisposable
{
    private const int BlockLength = 16;
    private const int BlocksAtATime = 64;
    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _counters = new byte[BlocksAtATime * BlockLength];
    private readonly byte[] _keystream = new byte[BlocksAtATime * BlockLength];
    private ulong _counter;
    private int _used = BlocksAtATime * BlockLength;

    public KeystreamNumbers(ReadOnlySpan<byte> seed) => _aes.SetKey(seed);

    /// <summary>A number from 0 to <paramref name="bound"/> - 1, each equally likely: a word at or above the greatest
    /// multiple of the bound is passed over.</summary>
    public int Below(int bound)
    {
        var divisor = (uint)bound;
        var limit = (1UL << 32) / divisor * divisor;
        uint word;
        do word = Next();
        while (word >= limit);
        return (int)(word % divisor);
    }

    public void Dispose() => _aes.Dispose();

    private uint Next()
    {
        if (_used == _keystream.Length) Refill();
        var word = BinaryPrimitives.ReadUInt32LittleEndian(_keystream.AsSpan(_used));
        _used += sizeof(uint);
        return word;
    }

    private void Refill()
    {
        for (var block = 0; block < BlocksAtATime; block++)
        {
            var low = _counters.AsSpan((block * BlockLength) + BlockLength - sizeof(ulong));
            BinaryPrimitives.WriteUInt64BigEndian(low, _counter++);
        }

        _aes.EncryptEcb(_counters, _keystream, PaddingMode.None);
        _used = 0;
    }
}
