using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FedMeta.Learning;

/// <summary>
/// C = A B and C += A B, with C [rows, columns] row-major and both factors reached through strides, so that a
/// transpose costs its caller nothing. Every element of C is one ascending chain of fused multiply-adds over the inner
/// index, whatever the vector width and the blocking: that is what makes results equal on every machine.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>C += A B with B [inner, columns] row-major.</summary>
    public static void Accumulate<T>(
        int rows, int inner, int columns,
        ReadOnlySpan<T> a, int rowStride, int innerStride, ReadOnlySpan<T> b, Span<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Multiply(rows, inner, columns, a, rowStride, innerStride, b, columns, 1, c, fromZero: false);

    /// <summary>C = A B, or C += A B where <paramref name="fromZero"/> is false.</summary>
    /// <param name="rows">Of A and C.</param>
    /// <param name="inner">Columns of A, rows of B.</param>
    /// <param name="columns">Of B and C.</param>
    /// <param name="a">The left factor.</param>
    /// <param name="rowStride">From one row of A to the next.</param>
    /// <param name="innerStride">From one column of A to the next.</param>
    /// <param name="b">The right factor.</param>
    /// <param name="bInnerStride">From one row of B to the next.</param>
    /// <param name="bColumnStride">From one column of B to the next; 1 is fastest.</param>
    /// <param name="c">The result.</param>
    /// <param name="fromZero">Whether the chains start at zero or at what C holds.</param>
    [SkipLocalsInit]
    public static void Multiply<T>(
        int rows, int inner, int columns,
        ReadOnlySpan<T> a, int rowStride, int innerStride,
        ReadOnlySpan<T> b, int bInnerStride, int bColumnStride, Span<T> c, bool fromZero)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows == 0 || columns == 0) return;
        _ = c[(rows * columns) - 1]; // the kernel checks these three bounds and no others
        if (inner == 0)
        {
            if (fromZero) c[..(rows * columns)].Clear();
            return;
        }

        _ = a[((rows - 1) * rowStride) + ((inner - 1) * innerStride)];
        _ = b[((inner - 1) * bInnerStride) + ((columns - 1) * bColumnStride)];
        ref var left = ref Unsafe.AsRef(in a[0]);
        ref var right = ref Unsafe.AsRef(in b[0]);
        // A column lies in memory as a row does, and Cᵀ = Bᵀ Aᵀ has rows as wide as C was tall.
        var blocks = columns == 1 && rowStride == 1
            ? new MatrixBlocks<T>(1, inner, rows, ref right, 1, bInnerStride, ref left, innerStride, 1, ref c[0])
            : new MatrixBlocks<T>(
                rows, inner, columns, ref left, rowStride, innerStride, ref right, bInnerStride, bColumnStride,
                ref c[0]);
        Span<T> panel = stackalloc T[blocks.PanelLength];
        blocks.Multiply(panel, fromZero);
    }
}
