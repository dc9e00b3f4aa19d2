using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FedMeta.Learning;

/// <summary>Copies a matrix with rows and columns exchanged; moves numbers only, so any way gives the same
/// bits.</summary>
internal static class Transposition
{
    /// <summary>destination[j, i] = source[i, j] for <paramref name="rows"/> x <paramref name="columns"/> numbers; the
    /// strides are the distances of rows in memory.</summary>
    public static void Copy<T>(
        int rows, int columns, ReadOnlySpan<T> source, int sourceStride, Span<T> destination, int destinationStride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows == 0 || columns == 0) return;
        // Reached without further checks from here on.
        _ = source[((rows - 1) * sourceStride) + columns - 1];
        _ = destination[((columns - 1) * destinationStride) + rows - 1];
        Copy(rows, columns, in source[0], sourceStride, ref destination[0], destinationStride);
    }

    /// <summary>The same without bounds: the caller answers for them.</summary>
    internal static void Copy<T>(
        int rows, int columns, ref readonly T source, nint sourceStride, ref T destination, nint destinationStride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ref var from = ref Unsafe.AsRef(in source);
        var side = !Avx.IsSupported ? 1 : typeof(T) == typeof(float) ? 8 : 4;
        var (wholeRows, wholeColumns) = side == 1 ? (0, 0) : (rows - (rows % side), columns - (columns % side));
        for (nint i = 0; i < wholeRows; i += side)
        {
            for (nint j = 0; j < wholeColumns; j += side)
            {
                ref var block = ref Unsafe.Add(ref from, (i * sourceStride) + j);
                ref var turned = ref Unsafe.Add(ref destination, (j * destinationStride) + i);
                if (typeof(T) == typeof(float))
                    EightByEight(
                        ref Unsafe.As<T, float>(ref block), sourceStride,
                        ref Unsafe.As<T, float>(ref turned), destinationStride);
                else
                    FourByFour(
                        ref Unsafe.As<T, double>(ref block), sourceStride,
                        ref Unsafe.As<T, double>(ref turned), destinationStride);
            }
        }

        for (nint i = 0; i < rows; i++)
            for (nint j = i < wholeRows ? wholeColumns : 0; j < columns; j++)
                Unsafe.Add(ref destination, (j * destinationStride) + i) =
                    Unsafe.Add(ref from, (i * sourceStride) + j);
    }

    private static void EightByEight(ref float source, nint sourceStride, ref float destination, nint stride)
    {
        for (var half = 0; half < 8; half += 4)
        {
            ref var from = ref Unsafe.Add(ref source, half);
            var r0 = Halves(ref from, 4 * sourceStride);
            var r1 = Halves(ref Unsafe.Add(ref from, sourceStride), 4 * sourceStride);
            var r2 = Halves(ref Unsafe.Add(ref from, 2 * sourceStride), 4 * sourceStride);
            var r3 = Halves(ref Unsafe.Add(ref from, 3 * sourceStride), 4 * sourceStride);
            var (low01, high01) = (Avx.UnpackLow(r0, r1), Avx.UnpackHigh(r0, r1));
            var (low23, high23) = (Avx.UnpackLow(r2, r3), Avx.UnpackHigh(r2, r3));
            ref var to = ref Unsafe.Add(ref destination, half * stride);
            Avx.Shuffle(low01, low23, 0x44).StoreUnsafe(ref to);
            Avx.Shuffle(low01, low23, 0xEE).StoreUnsafe(ref Unsafe.Add(ref to, stride));
            Avx.Shuffle(high01, high23, 0x44).StoreUnsafe(ref Unsafe.Add(ref to, 2 * stride));
            Avx.Shuffle(high01, high23, 0xEE).StoreUnsafe(ref Unsafe.Add(ref to, 3 * stride));
        }
    }

    private static void FourByFour(ref double source, nint sourceStride, ref double destination, nint stride)
    {
        for (var half = 0; half < 4; half += 2)
        {
            ref var from = ref Unsafe.Add(ref source, half);
            var r0 = Halves(ref from, 2 * sourceStride);
            var r1 = Halves(ref Unsafe.Add(ref from, sourceStride), 2 * sourceStride);
            ref var to = ref Unsafe.Add(ref destination, half * stride);
            Avx.UnpackLow(r0, r1).StoreUnsafe(ref to);
            Avx.UnpackHigh(r0, r1).StoreUnsafe(ref Unsafe.Add(ref to, stride));
        }
    }

    /// <summary>Half a vector from here, half from <paramref name="distance"/> further on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Halves<T>(ref T source, nint distance) =>
        Vector256.Create(
            Vector128.LoadUnsafe(ref source), Vector128.LoadUnsafe(ref Unsafe.Add(ref source, distance)));
}
