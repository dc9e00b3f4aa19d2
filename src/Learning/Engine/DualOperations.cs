using System.Numerics;

namespace FedMeta.Learning;

/// <summary>The operations that layers are made of; each carries its product rule.</summary>
internal static class DualOperations
{
    /// <summary>c += a b; strides address a as [rows, inner], so that a transpose needs no copy.</summary>
    public static void AddProduct<T>(
        int rows, int inner, int columns,
        ReadOnlyDual<T> a, int rowStride, int innerStride, ReadOnlyDual<T> b, Dual<T> c)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixProduct.Accumulate(rows, inner, columns, a.Value, rowStride, innerStride, b.Value, c.Value);
        if (c.Tangent.IsEmpty) return;
        if (!a.Tangent.IsEmpty)
            MatrixProduct.Accumulate(rows, inner, columns, a.Tangent, rowStride, innerStride, b.Value, c.Tangent);
        if (!b.Tangent.IsEmpty)
            MatrixProduct.Accumulate(rows, inner, columns, a.Value, rowStride, innerStride, b.Tangent, c.Tangent);
    }

    /// <summary>destination = source transposed, source being [rows, columns].</summary>
    public static void Transpose<T>(int rows, int columns, ReadOnlyDual<T> source, Dual<T> destination)
    {
        Transpose(rows, columns, source.Value, destination.Value);
        if (!source.Tangent.IsEmpty) Transpose(rows, columns, source.Tangent, destination.Tangent);
        else destination.Tangent.Clear();
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

    /// <summary>sums += the sum of the rows of matrix, in row order.</summary>
    public static void AddRows<T>(int rows, ReadOnlyDual<T> matrix, Dual<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var columns = sums.Value.Length;
        for (var i = 0; i < rows; i++)
        {
            FlatVector.AddScaled(sums.Value, T.One, matrix.Value.Slice(i * columns, columns));
            if (!matrix.Tangent.IsEmpty)
                FlatVector.AddScaled(sums.Tangent, T.One, matrix.Tangent.Slice(i * columns, columns));
        }
    }

    /// <summary>Every column of matrix [rows, columns] = column.</summary>
    public static void CopyToColumns<T>(int columns, ReadOnlyDual<T> column, Dual<T> matrix)
    {
        for (var i = 0; i < column.Value.Length; i++)
            matrix.Value.Slice(i * columns, columns).Fill(column.Value[i]);
        if (column.Tangent.IsEmpty) matrix.Tangent.Clear();
        else
            for (var i = 0; i < column.Value.Length; i++)
                matrix.Tangent.Slice(i * columns, columns).Fill(column.Tangent[i]);
    }

    /// <summary>sums += the sum of the columns of matrix, in column order.</summary>
    public static void AddColumns<T>(int columns, ReadOnlyDual<T> matrix, Dual<T> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < sums.Value.Length; i++)
        {
            foreach (var element in matrix.Value.Slice(i * columns, columns)) sums.Value[i] += element;
            if (matrix.Tangent.IsEmpty) continue;
            foreach (var element in matrix.Tangent.Slice(i * columns, columns)) sums.Tangent[i] += element;
        }
    }

    /// <summary>result = source where gate is positive, else 0. The gate is the value, never the tangent.</summary>
    public static void PassWherePositive<T>(ReadOnlySpan<T> gate, ReadOnlyDual<T> source, Dual<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // "not <= 0" lets NaN through: a broken theta must show, not vanish.
        for (var i = 0; i < gate.Length; i++) result.Value[i] = gate[i] <= T.Zero ? T.Zero : source.Value[i];
        if (result.Tangent.IsEmpty) return;
        if (source.Tangent.IsEmpty) result.Tangent.Clear();
        else for (var i = 0; i < gate.Length; i++) result.Tangent[i] = gate[i] <= T.Zero ? T.Zero : source.Tangent[i];
    }

    /// <summary>result = tanh(source).</summary>
    public static void Tanh<T>(ReadOnlyDual<T> source, Dual<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < source.Value.Length; i++)
            result.Value[i] = T.CreateTruncating(ElementaryFunctions.Tanh(double.CreateTruncating(source.Value[i])));
        if (result.Tangent.IsEmpty) return;
        if (source.Tangent.IsEmpty) result.Tangent.Clear();
        else
            for (var i = 0; i < source.Value.Length; i++)
                result.Tangent[i] = (T.One - result.Value[i] * result.Value[i]) * source.Tangent[i];
    }

    /// <summary>result = 1 - y², the slope of tanh where its value is y.</summary>
    public static void OneMinusSquare<T>(ReadOnlyDual<T> y, Dual<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < y.Value.Length; i++) result.Value[i] = T.One - y.Value[i] * y.Value[i];
        if (result.Tangent.IsEmpty) return;
        if (y.Tangent.IsEmpty) result.Tangent.Clear();
        else
            for (var i = 0; i < y.Value.Length; i++)
            {
                var product = y.Value[i] * y.Tangent[i];
                result.Tangent[i] = -(product + product);
            }
    }

    /// <summary>target *= factor, element by element.</summary>
    public static void MultiplyBy<T>(Dual<T> target, ReadOnlyDual<T> factor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < target.Tangent.Length; i++)
        {
            var tangent = target.Tangent[i] * factor.Value[i];
            if (!factor.Tangent.IsEmpty) tangent += target.Value[i] * factor.Tangent[i];
            target.Tangent[i] = tangent;
        }

        for (var i = 0; i < target.Value.Length; i++) target.Value[i] *= factor.Value[i];
    }

    private static void Transpose<T>(int rows, int columns, ReadOnlySpan<T> source, Span<T> destination)
    {
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) destination[j * rows + i] = source[i * columns + j];
    }
}
