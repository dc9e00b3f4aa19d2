using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FedMeta.Learning.Tests;

public class MatrixProductTests
{
    [Fact]
    public void Every_element_is_one_ascending_chain_of_fused_steps() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(1, 1_000_000).ToArbitrary(), seed => IsOneChain<float>(seed) && IsOneChain<double>(seed)));

    /// <summary>Large enough for packed panels, several blocks of the inner index and every vector width.</summary>
    [Theory]
    [InlineData(14, 300, 64 + 16 + 8 + 4 + 1)]
    [InlineData(40, 700, 47)]
    [InlineData(1, 1, 1)]
    [InlineData(50, 3, 1)]
    [InlineData(1, 513, 33)]
    [InlineData(530, 500, 261)] // rows of A copied, in two bands that share the panels of B
    [InlineData(130, 2050, 257)] // one band
    [InlineData(350, 760, 2050)] // panels of B that are too many to keep
    public void Blocks_and_panels_do_not_cut_the_chain(int rows, int inner, int columns)
    {
        foreach (var layout in Enumerable.Range(0, 8))
        {
            Assert.True(IsOneChain<float>(rows, inner, columns, layout, new SeededGenerator(1)));
            Assert.True(IsOneChain<double>(rows, inner, columns, layout, new SeededGenerator(1)));
        }
    }

    [Fact]
    public void A_product_over_nothing_is_zero_or_what_was_there()
    {
        double[] c = [1, 2];
        MatrixProduct.Multiply<double>(1, 0, 2, [], 0, 1, [], 2, 1, c, fromZero: false);
        Assert.Equal([1.0, 2.0], c);
        MatrixProduct.Multiply<double>(1, 0, 2, [], 0, 1, [], 2, 1, c, fromZero: true);
        Assert.Equal([0.0, 0.0], c);
    }

    [Fact]
    public void Factors_that_are_too_short_are_refused() => Assert.ThrowsAny<Exception>(() =>
        MatrixProduct.Multiply<double>(2, 3, 4, new double[5], 3, 1, new double[12], 4, 1, new double[8], true));

    /// <summary>Sizes whose products are small again after an overflow, and strides that run in front of a span.</summary>
    [Theory]
    [InlineData(3, 1, 1431655766, 0, 0, 0, 0)] // 3 x 1431655766 = 2^32 + 2
    [InlineData(5, 1, 1, 1 << 30, 0, 1, 1)] // the last row at 2^32
    [InlineData(2, 3, 1, -1, 1, 1, 1)]
    [InlineData(1, 2, 2, 1, 1, -1, 2)]
    public void Shapes_that_no_span_can_hold_are_refused(
        int rows, int inner, int columns, int rowStride, int innerStride, int bInnerStride, int bColumnStride) =>
        Assert.ThrowsAny<Exception>(() => MatrixProduct.Multiply<double>(
            rows, inner, columns, new double[8], rowStride, innerStride,
            new double[8], bInnerStride, bColumnStride, new double[8], true));

    private static bool IsOneChain<T>(int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var generator = new SeededGenerator((ulong)seed);
        return IsOneChain<T>(
            1 + generator.NextBelow(20), 1 + generator.NextBelow(40), 1 + generator.NextBelow(70),
            generator.NextBelow(8), generator);
    }

    private static bool IsOneChain<T>(int rows, int inner, int columns, int layout, SeededGenerator generator)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (a, b, c) = (Normals(rows * inner), Normals(inner * columns), Normals(rows * columns));
        var (aRow, aInner) = (layout & 1) == 0 ? (inner, 1) : (1, rows);
        var (bInner, bColumn) = (layout & 2) == 0 ? (columns, 1) : (1, inner);
        var fromZero = (layout & 4) != 0;
        var expected = (T[])c.Clone();
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++)
            {
                var sum = fromZero ? T.Zero : c[(i * columns) + j];
                for (var k = 0; k < inner; k++)
                    sum = T.FusedMultiplyAdd(a[(i * aRow) + (k * aInner)], b[(k * bInner) + (j * bColumn)], sum);
                expected[(i * columns) + j] = sum;
            }

        MatrixProduct.Multiply<T>(rows, inner, columns, a, aRow, aInner, b, bInner, bColumn, c, fromZero);
        return expected.SequenceEqual(c);

        T[] Normals(int count)
        {
            var numbers = new T[count];
            for (var i = 0; i < count; i++) numbers[i] = T.CreateTruncating(generator.NextNormal());
            return numbers;
        }
    }
}
