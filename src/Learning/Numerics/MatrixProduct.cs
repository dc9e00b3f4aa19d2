using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace FedMeta.Learning;

/// <summary>
/// C = A B and C += A B, with C [rows, columns] row-major and both factors reached through strides, so that a
/// transpose costs its caller nothing. Every element of C is one ascending chain of fused multiply-adds over the inner
/// index, whatever the vector width and the blocking: that is what makes results equal on every machine.
/// </summary>
public static class MatrixProduct
{
    private const int FewestAligned = 1 << 12; // numbers of a panel that is worth the search for a line of the cache

    /// <summary>C = A B, or C += A B where <paramref name="fromZero"/> is false.</summary>
    /// <typeparam name="T">float or double.</typeparam>
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
    /// <exception cref="IndexOutOfRangeException">A span is shorter than its shape says.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size or a stride is negative.</exception>
    /// <exception cref="OverflowException">A shape has more numbers than a span can hold.</exception>
    public static void Multiply<T>(
        int rows, int inner, int columns,
        ReadOnlySpan<T> a, int rowStride, int innerStride,
        ReadOnlySpan<T> b, int bInnerStride, int bColumnStride, Span<T> c, bool fromZero)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if ((rows | inner | columns | rowStride | innerStride | bInnerStride | bColumnStride) < 0)
            throw new ArgumentOutOfRangeException(nameof(rows), "sizes and strides are 0 or more");
        if (rows == 0 || columns == 0) return;
        _ = c[checked(rows * columns) - 1]; // the kernel checks these three bounds and no others
        if (inner == 0)
        {
            if (fromZero) c[..(rows * columns)].Clear();
            return;
        }

        _ = a[checked(((rows - 1) * rowStride) + ((inner - 1) * innerStride))];
        _ = b[checked(((inner - 1) * bInnerStride) + ((columns - 1) * bColumnStride))];
        ref var left = ref Unsafe.AsRef(in a[0]);
        ref var right = ref Unsafe.AsRef(in b[0]);
        // A column lies in memory as a row does, and Cᵀ = Bᵀ Aᵀ has rows as wide as C was tall.
        if (columns == 1 && rowStride == 1)
        {
            Compute(new MatrixBlocks<T>(
                1, inner, rows, ref right, 1, bInnerStride, ref left, innerStride, 1, ref c[0]), fromZero);
            return;
        }

        Compute(
            new MatrixBlocks<T>(
                rows, inner, columns, ref left, rowStride, innerStride, ref right, bInnerStride, bColumnStride,
                ref c[0]),
            fromZero);
    }

    [SkipLocalsInit]
    private static void Compute<T>(MatrixBlocks<T> blocks, bool fromZero)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (panels, rows) = (blocks.PanelLength, blocks.RowsLength);
        if (rows == 0 && panels <= MatrixBlocks<T>.LargestPanel)
        {
            var aligned = panels >= FewestAligned;
            Span<T> panel = stackalloc T[aligned ? panels + AlignedArray<T>.PerLine : panels];
            blocks.Multiply(aligned ? AlignedArray<T>.FromLine(panel) : panel, default, fromZero);
            return;
        }

        var rented = ArrayPool<T>.Shared.Rent(panels + rows + AlignedArray<T>.PerLine);
        var scratch = AlignedArray<T>.FromLine(rented.AsSpan())[..(panels + rows)];
        blocks.Multiply(scratch, scratch[panels..], fromZero);
        scratch.Clear(); // may be activations of patients
        ArrayPool<T>.Shared.Return(rented);
    }
}
