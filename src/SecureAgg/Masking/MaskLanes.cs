using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FedMeta.SecureAgg;

/// <summary>The six lanes: elements of 2, 4 and 8 bytes, added and subtracted.</summary>
internal static class MaskLanes
{
    internal readonly struct AddTwo : IMaskLane<uint>
    {
        public static int PerBlock => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply(ref uint place, Vector128<byte> keystream)
        {
            if (Avx2.IsSupported)
            {
                var elements = Avx2.ConvertToVector256Int32(keystream.AsUInt16()).AsUInt32();
                (Vector256.LoadUnsafe(ref place) + elements).StoreUnsafe(ref place);
                return;
            }

            var (low, high) = Vector128.Widen(keystream.AsUInt16());
            (Vector128.LoadUnsafe(ref place) + low).StoreUnsafe(ref place);
            (Vector128.LoadUnsafe(ref place, 4) + high).StoreUnsafe(ref place, 4);
        }
    }

    internal readonly struct SubtractTwo : IMaskLane<uint>
    {
        public static int PerBlock => 8;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply(ref uint place, Vector128<byte> keystream)
        {
            if (Avx2.IsSupported)
            {
                var elements = Avx2.ConvertToVector256Int32(keystream.AsUInt16()).AsUInt32();
                (Vector256.LoadUnsafe(ref place) - elements).StoreUnsafe(ref place);
                return;
            }

            var (low, high) = Vector128.Widen(keystream.AsUInt16());
            (Vector128.LoadUnsafe(ref place) - low).StoreUnsafe(ref place);
            (Vector128.LoadUnsafe(ref place, 4) - high).StoreUnsafe(ref place, 4);
        }
    }

    internal readonly struct AddFour : IMaskLane<uint>
    {
        public static int PerBlock => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply(ref uint place, Vector128<byte> keystream) =>
            (Vector128.LoadUnsafe(ref place) + keystream.AsUInt32()).StoreUnsafe(ref place);
    }

    internal readonly struct SubtractFour : IMaskLane<uint>
    {
        public static int PerBlock => 4;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply(ref uint place, Vector128<byte> keystream) =>
            (Vector128.LoadUnsafe(ref place) - keystream.AsUInt32()).StoreUnsafe(ref place);
    }

    internal readonly struct AddEight : IMaskLane<ulong>
    {
        public static int PerBlock => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply(ref ulong place, Vector128<byte> keystream) =>
            (Vector128.LoadUnsafe(ref place) + keystream.AsUInt64()).StoreUnsafe(ref place);
    }

    internal readonly struct SubtractEight : IMaskLane<ulong>
    {
        public static int PerBlock => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Apply(ref ulong place, Vector128<byte> keystream) =>
            (Vector128.LoadUnsafe(ref place) - keystream.AsUInt64()).StoreUnsafe(ref place);
    }
}
