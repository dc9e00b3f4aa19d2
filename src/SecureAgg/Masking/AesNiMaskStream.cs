using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using AesNi = System.Runtime.Intrinsics.X86.Aes;

namespace FedMeta.SecureAgg;

/// <summary>The kernel for processors with AES instructions: eight blocks in flight, since one instruction takes
/// several cycles and a new one starts every cycle, and the keystream goes from its register straight onto the
/// vector.</summary>
internal sealed class AesNiMaskStream : MaskStream
{
    private const int Rounds = 14;
    private const int BlocksInFlight = 8;
    private readonly Vector128<byte>[] _roundKeys = GC.AllocateArray<Vector128<byte>>(Rounds + 1, pinned: true);

    public AesNiMaskStream(ReadOnlySpan<byte> key, int ringBits)
        : base(key, ringBits) => ExpandKey(key, _roundKeys);

    public override void Dispose() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_roundKeys.AsSpan()));

    protected override void ApplyCore(Span<uint> target, uint counter, MaskSign sign)
    {
        // Two's complement: (k ^ -1) - (-1) = -k, so one loop serves both signs.
        var flip = sign == MaskSign.Add ? Vector128<uint>.Zero : Vector128<uint>.AllBitsSet;
        var batch = BlocksInFlight * ElementsPerBlock;
        ref var entry = ref MemoryMarshal.GetReference(target);
        var whole = target.Length - (target.Length % batch);
        Span<Vector128<byte>> blocks = stackalloc Vector128<byte>[BlocksInFlight];
        var wide = ElementLength == sizeof(uint);
        for (var at = 0; at < whole; at += batch, counter += BlocksInFlight)
        {
            Keystream(
                counter, out var k0, out var k1, out var k2, out var k3,
                out var k4, out var k5, out var k6, out var k7);
            ref var place = ref Unsafe.Add(ref entry, at);
            if (wide)
            {
                AddWide(ref place, 0, k0, flip);
                AddWide(ref place, 4, k1, flip);
                AddWide(ref place, 8, k2, flip);
                AddWide(ref place, 12, k3, flip);
                AddWide(ref place, 16, k4, flip);
                AddWide(ref place, 20, k5, flip);
                AddWide(ref place, 24, k6, flip);
                AddWide(ref place, 28, k7, flip);
            }
            else
            {
                AddNarrow(ref place, 0, k0, flip);
                AddNarrow(ref place, 8, k1, flip);
                AddNarrow(ref place, 16, k2, flip);
                AddNarrow(ref place, 24, k3, flip);
                AddNarrow(ref place, 32, k4, flip);
                AddNarrow(ref place, 40, k5, flip);
                AddNarrow(ref place, 48, k6, flip);
                AddNarrow(ref place, 56, k7, flip);
            }
        }

        if (whole == target.Length) return;
        Keystream(
            counter, out blocks[0], out blocks[1], out blocks[2], out blocks[3],
            out blocks[4], out blocks[5], out blocks[6], out blocks[7]);
        var rest = MemoryMarshal.AsBytes(blocks);
        KeystreamElements.Apply(target[whole..], rest, ElementLength, sign);
        CryptographicOperations.ZeroMemory(rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWide(ref uint place, int at, Vector128<byte> keystream, Vector128<uint> flip)
    {
        var sum = Vector128.LoadUnsafe(ref place, (nuint)at) + ((keystream.AsUInt32() ^ flip) - flip);
        sum.StoreUnsafe(ref place, (nuint)at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddNarrow(ref uint place, int at, Vector128<byte> keystream, Vector128<uint> flip)
    {
        var (low, high) = Vector128.Widen(keystream.AsUInt16());
        AddWide(ref place, at, low.AsByte(), flip);
        AddWide(ref place, at + 4, high.AsByte(), flip);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keystream(
        uint counter,
        out Vector128<byte> k0,
        out Vector128<byte> k1,
        out Vector128<byte> k2,
        out Vector128<byte> k3,
        out Vector128<byte> k4,
        out Vector128<byte> k5,
        out Vector128<byte> k6,
        out Vector128<byte> k7)
    {
        ref var keys = ref MemoryMarshal.GetArrayDataReference(_roundKeys);
        var key = keys;
        var b0 = Counter(counter) ^ key;
        var b1 = Counter(counter + 1) ^ key;
        var b2 = Counter(counter + 2) ^ key;
        var b3 = Counter(counter + 3) ^ key;
        var b4 = Counter(counter + 4) ^ key;
        var b5 = Counter(counter + 5) ^ key;
        var b6 = Counter(counter + 6) ^ key;
        var b7 = Counter(counter + 7) ^ key;
        for (var round = 1; round < Rounds; round++)
        {
            key = Unsafe.Add(ref keys, round);
            b0 = AesNi.Encrypt(b0, key);
            b1 = AesNi.Encrypt(b1, key);
            b2 = AesNi.Encrypt(b2, key);
            b3 = AesNi.Encrypt(b3, key);
            b4 = AesNi.Encrypt(b4, key);
            b5 = AesNi.Encrypt(b5, key);
            b6 = AesNi.Encrypt(b6, key);
            b7 = AesNi.Encrypt(b7, key);
        }

        key = Unsafe.Add(ref keys, Rounds);
        k0 = AesNi.EncryptLast(b0, key);
        k1 = AesNi.EncryptLast(b1, key);
        k2 = AesNi.EncryptLast(b2, key);
        k3 = AesNi.EncryptLast(b3, key);
        k4 = AesNi.EncryptLast(b4, key);
        k5 = AesNi.EncryptLast(b5, key);
        k6 = AesNi.EncryptLast(b6, key);
        k7 = AesNi.EncryptLast(b7, key);
    }

    // The counter stands big-endian at the end of its block: the block's bytes, reversed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Counter(uint counter) =>
        Ssse3.Shuffle(
            Vector128.CreateScalar(counter).AsByte(),
            Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));

    // FIPS 197, section 5.2, for Nk = 8: even words take the rotated assist with the round constant, odd ones without.
    private static void ExpandKey(ReadOnlySpan<byte> key, Span<Vector128<byte>> roundKeys)
    {
        var even = Vector128.Create(key[..BlockLength]);
        var odd = Vector128.Create(key[BlockLength..]);
        roundKeys[0] = even;
        roundKeys[1] = odd;
        roundKeys[2] = even = Even(even, AesNi.KeygenAssist(odd, 0x01));
        roundKeys[3] = odd = Odd(odd, AesNi.KeygenAssist(even, 0));
        roundKeys[4] = even = Even(even, AesNi.KeygenAssist(odd, 0x02));
        roundKeys[5] = odd = Odd(odd, AesNi.KeygenAssist(even, 0));
        roundKeys[6] = even = Even(even, AesNi.KeygenAssist(odd, 0x04));
        roundKeys[7] = odd = Odd(odd, AesNi.KeygenAssist(even, 0));
        roundKeys[8] = even = Even(even, AesNi.KeygenAssist(odd, 0x08));
        roundKeys[9] = odd = Odd(odd, AesNi.KeygenAssist(even, 0));
        roundKeys[10] = even = Even(even, AesNi.KeygenAssist(odd, 0x10));
        roundKeys[11] = odd = Odd(odd, AesNi.KeygenAssist(even, 0));
        roundKeys[12] = even = Even(even, AesNi.KeygenAssist(odd, 0x20));
        roundKeys[13] = odd = Odd(odd, AesNi.KeygenAssist(even, 0));
        roundKeys[14] = Even(even, AesNi.KeygenAssist(odd, 0x40));
    }

    private static Vector128<byte> Even(Vector128<byte> key, Vector128<byte> assist) =>
        Spread(key) ^ Sse2.Shuffle(assist.AsUInt32(), 0xff).AsByte();

    private static Vector128<byte> Odd(Vector128<byte> key, Vector128<byte> assist) =>
        Spread(key) ^ Sse2.Shuffle(assist.AsUInt32(), 0xaa).AsByte();

    // Every word becomes the exclusive-or of itself and the words before it.
    private static Vector128<byte> Spread(Vector128<byte> key)
    {
        key ^= Sse2.ShiftLeftLogical128BitLane(key, 4);
        return key ^ Sse2.ShiftLeftLogical128BitLane(key, 8);
    }
}
