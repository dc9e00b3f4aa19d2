using System.Numerics;

namespace FedMeta.Learning;

/// <summary>The operations that layers are made of; each carries its product rule.</summary>
internal static class DualOperations
{
    /// <summary>c = a b, or c += a b where <paramref name="fromZero"/> is false; strides as in
    /// <see cref="MatrixProduct.Multiply"/>.</summary>
    public static void Product<T>(
        int rows, int inner, int columns,
        ReadOnlyDual<T> a, int rowStride, int innerStride, ReadOnlyDual<T> b, int bInnerStride, int bColumnStride,
        Dual<T> c, bool fromZero)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!c.Value.IsEmpty) Multiply(a.Value, b.Value, c.Value, fromZero);
        if (c.Tangent.IsEmpty) return;
        if (!a.Tangent.IsEmpty)
        {
            Multiply(a.Tangent, b.Value, c.Tangent, fromZero);
            fromZero = false;
        }

        if (!b.Tangent.IsEmpty) Multiply(a.Value, b.Tangent, c.Tangent, fromZero);
        else if (fromZero) c.Tangent.Clear();

        void Multiply(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> product, bool zero) =>
            MatrixProduct.Multiply(
                rows, inner, columns, left, rowStride, innerStride, right, bInnerStride, bColumnStride, product, zero);
    }

    /// <summary>Every row of matrix [rows, columns] = row.</summary>
    public static void CopyToRows<T>(int rows, ReadOnlyDual<T> row, Dual<T> matrix)
    {
        var columns = row.Value.Length;
        for (var i = 0; i < rows; i++) row.Value.CopyTo(matrix.Value[(i * columns)..]);
        if (matrix.Tangent.IsEmpty) return;
        if (row.Tangent.IsEmpty) matrix.Tangent.Clear();
        else for (var i = 0; i < rows; i++) row.Tangent.CopyTo(matrix.Tangent[(i * columns)..]);
    }

    /// <summary>sums = the sum of the rows of matrix, in row order.</summary>
    public static void SumRows<T>(int rows, ReadOnlyDual<T> matrix, Dual<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SumRows(rows, matrix.Value, sums.Value);
        SumRows(rows, matrix.Tangent, sums.Tangent);
    }

    /// <summary>result = source where gate is positive, else 0. The gate is the value, never the tangent.</summary>
    public static void PassWherePositive<T>(ReadOnlySpan<T> gate, ReadOnlyDual<T> source, Dual<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FlatVector.PassWherePositive(gate, source.Value, result.Value);
        if (result.Tangent.IsEmpty) return;
        if (source.Tangent.IsEmpty) result.Tangent.Clear();
        else FlatVector.PassWherePositive(gate, source.Tangent, result.Tangent);
    }

    /// <summary>result = tanh(source).</summary>
    public static void Tanh<T>(ReadOnlyDual<T> source, Dual<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ElementaryFunctions.Tanh(source.Value, result.Value);
        if (result.Tangent.IsEmpty) return;
        FlatVector.TanhSlope(result.Value, result.Tangent);
        FlatVector.Multiply(result.Tangent, source.Tangent);
    }

    /// <summary>result = (1 - y²) adjoint, what an adjoint becomes on its way back through y = tanh(x).</summary>
    public static void TanhAdjoint<T>(ReadOnlyDual<T> y, ReadOnlyDual<T> adjoint, Dual<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FlatVector.TanhSlope(y.Value, result.Value);
        if (!result.Tangent.IsEmpty)
        {
            // (1 - y²)' = -2 y y'
            FlatVector.Multiply(result.Value, adjoint.Tangent, result.Tangent);
            FlatVector.SubtractTwice(result.Tangent, y.Value, y.Tangent, adjoint.Value);
        }

        FlatVector.Multiply(result.Value, adjoint.Value);
    }

    private static void SumRows<T>(int rows, ReadOnlySpan<T> matrix, Span<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (sums.IsEmpty) return;
        matrix[..sums.Length].CopyTo(sums);
        for (var i = 1; i < rows; i++) FlatVector.Add(sums, matrix.Slice(i * sums.Length, sums.Length));
    }
}
