using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using AesNi = System.Runtime.Intrinsics.X86.Aes;

namespace FedMeta.SecureAgg;

/// <summary>The round keys of AES-256 by the processor's instructions.</summary>
internal static class AesKeySchedule
{
    /// <summary>Rounds of AES-256; there is one round key more.</summary>
    public const int Rounds = 14;

    // FIPS 197, section 5.2, for Nk = 8: even words take the rotated assist with the round constant, odd ones without.
    public static void Expand(ReadOnlySpan<byte> key, Span<Vector128<byte>> roundKeys)
    {
        var even = Vector128.Create(key[..MaskKernel.BlockLength]);
        var odd = Vector128.Create(key[MaskKernel.BlockLength..]);
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
