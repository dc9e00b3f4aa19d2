using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>The portable kernel: the library's AES over a buffer of counters, then the addition.</summary>
internal sealed class EcbMaskKernel(int slots) : MaskKernel
{
    private const int BlocksAtATime = 256;
    private readonly Aes?[] _ciphers = new Aes?[slots];
    private readonly byte[] _counters = new byte[BlocksAtATime * BlockLength];
    private readonly byte[] _keystream = GC.AllocateArray<byte>(BlocksAtATime * BlockLength, pinned: true);

    public override void SetKey(int slot, ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyLength);
        var cipher = _ciphers[slot] ??= Aes.Create();
        cipher.SetKey(key);
    }

    public override void Apply(int slot, Span<ulong> words, uint counter, MaskSign sign)
    {
        const int PerBlock = BlockLength / sizeof(ulong);
        for (; !words.IsEmpty; counter += BlocksAtATime)
        {
            var piece = words[..Math.Min(words.Length, BlocksAtATime * PerBlock)];
            KeystreamElements.Apply(piece, Keystream(slot, counter, (piece.Length + PerBlock - 1) / PerBlock), sign);
            words = words[piece.Length..];
        }
    }

    public override void Apply(int slot, Span<uint> words, int elementLength, uint counter, MaskSign sign)
    {
        var perBlock = BlockLength / elementLength;
        for (; !words.IsEmpty; counter += BlocksAtATime)
        {
            var piece = words[..Math.Min(words.Length, BlocksAtATime * perBlock)];
            var keystream = Keystream(slot, counter, (piece.Length + perBlock - 1) / perBlock);
            KeystreamElements.Apply(piece, keystream, elementLength, sign);
            words = words[piece.Length..];
        }
    }

    public override void Dispose()
    {
        foreach (var cipher in _ciphers) cipher?.Dispose();
        CryptographicOperations.ZeroMemory(_keystream);
    }

    private Span<byte> Keystream(int slot, uint counter, int blocks)
    {
        for (var block = 0; block < blocks; block++)
        {
            var low = _counters.AsSpan((block * BlockLength) + BlockLength - sizeof(uint));
            BinaryPrimitives.WriteUInt32BigEndian(low, counter + (uint)block);
        }

        var cipher = _ciphers[slot] ?? throw new InvalidOperationException("the slot has no key");
        var keystream = _keystream.AsSpan(0, blocks * BlockLength);
        cipher.EncryptEcb(_counters.AsSpan(0, keystream.Length), keystream, PaddingMode.None);
        return keystream;
    }
}
