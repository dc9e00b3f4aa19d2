using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>The portable kernel: the library's AES over a buffer of counters, then the addition.</summary>
internal sealed class EcbMaskStream : MaskStream
{
    private const int BlocksAtATime = 256;
    private readonly Aes _aes = Aes.Create();

    public EcbMaskStream(ReadOnlySpan<byte> key, int ringBits)
        : base(key, ringBits) => _aes.SetKey(key);

    public override void Dispose() => _aes.Dispose();

    protected override void ApplyCore(Span<uint> target, uint counter, MaskSign sign)
    {
        Span<byte> counters = stackalloc byte[BlocksAtATime * BlockLength];
        Span<byte> keystream = stackalloc byte[BlocksAtATime * BlockLength];
        counters.Clear();
        while (!target.IsEmpty)
        {
            var elements = Math.Min(target.Length, BlocksAtATime * ElementsPerBlock);
            var blocks = (elements + ElementsPerBlock - 1) / ElementsPerBlock;
            for (var block = 0; block < blocks; block++)
            {
                var low = counters.Slice((block * BlockLength) + BlockLength - sizeof(uint), sizeof(uint));
                BinaryPrimitives.WriteUInt32BigEndian(low, counter + (uint)block);
            }

            var bytes = blocks * BlockLength;
            _aes.EncryptEcb(counters[..bytes], keystream[..bytes], PaddingMode.None);
            KeystreamElements.Apply(target[..elements], keystream, ElementLength, sign);
            target = target[elements..];
            counter += (uint)blocks;
        }

        CryptographicOperations.ZeroMemory(keystream);
    }
}
