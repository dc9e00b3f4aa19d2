using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>The portable kernel: the library's AES over a buffer of counters, then the addition. A slot keeps its
/// encryptor, since making one takes as long as a thousand blocks.</summary>
internal sealed class EcbMaskKernel(int slots) : MaskKernel
{
    private const int BlocksAtATime = 1024;
    private readonly ICryptoTransform?[] _encryptors = new ICryptoTransform?[slots];
    private readonly byte[] _counters = new byte[BlocksAtATime * BlockLength];
    private readonly byte[] _keystream = GC.AllocateArray<byte>(BlocksAtATime * BlockLength, pinned: true);

    public override void SetKey(int slot, ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyLength);
        using var cipher = Aes.Create();
        cipher.Mode = CipherMode.ECB;
        cipher.Padding = PaddingMode.None;
        cipher.SetKey(key);
        _encryptors[slot]?.Dispose();
        _encryptors[slot] = cipher.CreateEncryptor();
    }

    public override void Apply(int slot, Span<ulong> words, uint counter, MaskSign sign)
    {
        const int PerBlock = BlockLength / sizeof(ulong);
        for (; !words.IsEmpty; counter += BlocksAtATime)
        {
            var piece = words[..Math.Min(words.Length, BlocksAtATime * PerBlock)];
            KeystreamElements.ApplyEight(piece, Keystream(slot, counter, piece.Length, PerBlock), sign);
            words = words[piece.Length..];
        }
    }

    public override void Apply(int slot, Span<uint> words, int elementLength, uint counter, MaskSign sign)
    {
        var perBlock = BlockLength / elementLength;
        for (; !words.IsEmpty; counter += BlocksAtATime)
        {
            var piece = words[..Math.Min(words.Length, BlocksAtATime * perBlock)];
            var keystream = Keystream(slot, counter, piece.Length, perBlock);
            if (elementLength == sizeof(uint)) KeystreamElements.ApplyFour(piece, keystream, sign);
            else KeystreamElements.ApplyTwo(piece, keystream, sign);
            words = words[piece.Length..];
        }
    }

    public override void Dispose()
    {
        foreach (var encryptor in _encryptors) encryptor?.Dispose();
        CryptographicOperations.ZeroMemory(_keystream);
    }

    private Span<byte> Keystream(int slot, uint counter, int elements, int perBlock)
    {
        var encryptor = _encryptors[slot] ?? throw new InvalidOperationException("the slot has no key");
        var blocks = (elements + perBlock - 1) / perBlock;
        var words = MemoryMarshal.Cast<byte, uint>(_counters.AsSpan(0, blocks * BlockLength));
        for (var last = 3; last < words.Length; last += 4) words[last] = BigEndian(counter++);
        encryptor.TransformBlock(_counters, 0, blocks * BlockLength, _keystream, 0);
        return _keystream.AsSpan(0, blocks * BlockLength);
    }

    private static uint BigEndian(uint value) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
