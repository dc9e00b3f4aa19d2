using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using AesNi = System.Runtime.Intrinsics.X86.Aes;

namespace FedMeta.SecureAgg;

/// <summary>The kernel for processors with AES instructions: eight blocks in flight, since one instruction takes
/// several cycles and new ones start every cycle, and the keystream goes from its register straight onto the
/// vector.</summary>
internal sealed class AesNiMaskKernel(int slots) : MaskKernel
{
    private const int BlocksInFlight = 8;
    private readonly Vector128<byte>[] _roundKeys =
        GC.AllocateArray<Vector128<byte>>(slots * (AesKeySchedule.Rounds + 1), pinned: true);

    public static bool IsSupported => AesNi.IsSupported && Ssse3.IsSupported;

    public override void SetKey(int slot, ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyLength);
        AesKeySchedule.Expand(key, RoundKeys(slot));
    }

    public override void Apply(int slot, Span<ulong> words, uint counter, MaskSign sign)
    {
        var keys = RoundKeys(slot);
        if (sign == MaskSign.Add) Run<ulong, MaskLanes.AddEight>(keys, words, counter);
        else Run<ulong, MaskLanes.SubtractEight>(keys, words, counter);
    }

    public override void Apply(int slot, Span<uint> words, int elementLength, uint counter, MaskSign sign)
    {
        var keys = RoundKeys(slot);
        switch (elementLength, sign)
        {
            case (sizeof(ushort), MaskSign.Add):
                Run<uint, MaskLanes.AddTwo>(keys, words, counter);
                break;
            case (sizeof(ushort), MaskSign.Subtract):
                Run<uint, MaskLanes.SubtractTwo>(keys, words, counter);
                break;
            case (sizeof(uint), MaskSign.Add):
                Run<uint, MaskLanes.AddFour>(keys, words, counter);
                break;
            default:
                Run<uint, MaskLanes.SubtractFour>(keys, words, counter);
                break;
        }
    }

    public override void Dispose() => CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(_roundKeys.AsSpan()));

    private Span<Vector128<byte>> RoundKeys(int slot) =>
        _roundKeys.AsSpan(slot * (AesKeySchedule.Rounds + 1), AesKeySchedule.Rounds + 1);

    // A round may be over before the runtime would compile it a second time: it is compiled to the end at once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TWord, TLane>(ReadOnlySpan<Vector128<byte>> keys, Span<TWord> words, uint counter)
        where TWord : unmanaged
        where TLane : struct, IMaskLane<TWord>
    {
        var batch = BlocksInFlight * TLane.PerBlock;
        ref var key = ref MemoryMarshal.GetReference(keys);
        ref var word = ref MemoryMarshal.GetReference(words);
        var whole = words.Length - (words.Length % batch);
        for (var at = 0; at < whole; at += batch, counter += BlocksInFlight)
        {
            ApplyBatch<TWord, TLane>(ref key, ref Unsafe.Add(ref word, at), counter);
        }

        if (whole == words.Length) return;
        Span<TWord> rest = stackalloc TWord[batch];
        rest.Clear();
        words[whole..].CopyTo(rest);
        ApplyBatch<TWord, TLane>(ref key, ref MemoryMarshal.GetReference(rest), counter);
        rest[..(words.Length - whole)].CopyTo(words[whole..]);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(rest));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ApplyBatch<TWord, TLane>(ref Vector128<byte> keys, ref TWord place, uint counter)
        where TWord : unmanaged
        where TLane : struct, IMaskLane<TWord>
    {
        var key = keys;
        var b0 = Counter(counter) ^ key;
        var b1 = Counter(counter + 1) ^ key;
        var b2 = Counter(counter + 2) ^ key;
        var b3 = Counter(counter + 3) ^ key;
        var b4 = Counter(counter + 4) ^ key;
        var b5 = Counter(counter + 5) ^ key;
        var b6 = Counter(counter + 6) ^ key;
        var b7 = Counter(counter + 7) ^ key;
        for (var round = 1; round < AesKeySchedule.Rounds; round++)
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

        key = Unsafe.Add(ref keys, AesKeySchedule.Rounds);
        TLane.Apply(ref place, AesNi.EncryptLast(b0, key));
        TLane.Apply(ref Unsafe.Add(ref place, TLane.PerBlock), AesNi.EncryptLast(b1, key));
        TLane.Apply(ref Unsafe.Add(ref place, 2 * TLane.PerBlock), AesNi.EncryptLast(b2, key));
        TLane.Apply(ref Unsafe.Add(ref place, 3 * TLane.PerBlock), AesNi.EncryptLast(b3, key));
        TLane.Apply(ref Unsafe.Add(ref place, 4 * TLane.PerBlock), AesNi.EncryptLast(b4, key));
        TLane.Apply(ref Unsafe.Add(ref place, 5 * TLane.PerBlock), AesNi.EncryptLast(b5, key));
        TLane.Apply(ref Unsafe.Add(ref place, 6 * TLane.PerBlock), AesNi.EncryptLast(b6, key));
        TLane.Apply(ref Unsafe.Add(ref place, 7 * TLane.PerBlock), AesNi.EncryptLast(b7, key));
    }

    // The counter stands big-endian at the end of its block: the block's bytes, reversed.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Counter(uint counter) =>
        Ssse3.Shuffle(
            Vector128.CreateScalar(counter).AsByte(),
            Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
}
