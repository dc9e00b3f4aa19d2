using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// C += A B with C [rows, columns] and B [inner, columns] row-major and A reached through strides. Every element of C
/// is one ascending chain over the inner index, each link a rounded product and a rounded sum, whatever the vector
/// width: that is what makes results equal on every machine.
/// </summary>
internal static class MatrixProduct
{
    public static void Accumulate<T>(
        int rows, int inner, int columns,
        ReadOnlySpan<T> a, int rowStride, int innerStride, ReadOnlySpan<T> b, Span<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lanes = Vector<T>.Count;
        var wideColumns = columns - columns % lanes;
        for (var i = 0; i < rows; i++)
        {
            var row = c.Slice(i * columns, columns);
            var column = 0;
            for (; column + 4 * lanes <= columns; column += 4 * lanes)
                FourVectors(inner, columns, a, i * rowStride, innerStride, b, column, row);
            for (; column < wideColumns; column += lanes)
            {
                var sum = Read(row, column);
                for (var k = 0; k < inner; k++)
                    sum += Read(b, k * columns + column) * a[i * rowStride + k * innerStride];
                Write(row, column, sum);
            }

            for (; column < columns; column++)
            {
                var sum = row[column];
                for (var k = 0; k < inner; k++) sum += b[k * columns + column] * a[i * rowStride + k * innerStride];
                row[column] = sum;
            }
        }
    }

    private static void FourVectors<T>(
        int inner, int columns,
        ReadOnlySpan<T> a, int start, int innerStride, ReadOnlySpan<T> b, int column, Span<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var lanes = Vector<T>.Count;
        var s0 = Read(row, column);
        var s1 = Read(row, column + lanes);
        var s2 = Read(row, column + 2 * lanes);
        var s3 = Read(row, column + 3 * lanes);
        for (var k = 0; k < inner; k++)
        {
            var factor = new Vector<T>(a[start + k * innerStride]);
            var at = k * columns + column;
            s0 += Read(b, at) * factor;
            s1 += Read(b, at + lanes) * factor;
            s2 += Read(b, at + 2 * lanes) * factor;
            s3 += Read(b, at + 3 * lanes) * factor;
        }

        Write(row, column, s0);
        Write(row, column + lanes, s1);
        Write(row, column + 2 * lanes, s2);
        Write(row, column + 3 * lanes, s3);
    }

    private static Vector<T> Read<T>(ReadOnlySpan<T> span, int at)
        where T : unmanaged => new(span.Slice(at, Vector<T>.Count));

    private static void Write<T>(Span<T> span, int at, Vector<T> value)
        where T : unmanaged => value.CopyTo(span[at..]);
}
