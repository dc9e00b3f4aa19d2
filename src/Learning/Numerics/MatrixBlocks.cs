using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FedMeta.Learning;

/// <summary>
/// One product cut into blocks: a panel of B, two vectors wide, lies in the fastest cache while the rows of A pass by
/// it, six at a time. A panel is copied where B is read often enough or its columns are not contiguous, and kept where
/// more than one band of rows passes by it; a band of A is copied where it is large and passes by many panels.
/// </summary>
/// <remarks>After Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008).</remarks>
internal readonly ref struct MatrixBlocks<T>(
    int rows, int inner, int columns,
    ref T a, nint rowStride, nint innerStride, ref T b, nint bInnerStride, nint bColumnStride, ref T c)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsOfTile = 6;
    private const int RowsOfBand = 348;         // of a large A: a copy stays in the second cache
    private const int LargestInner = 256;       // a panel of two 512-bit vectors then fills 32 KiB
    private const int LargestLoose = 1 << 12;   // numbers of B that stay in the fastest cache as they are
    private const int LargestLooseRows = 1 << 18; // numbers of A
    private const int FewestPanels = 8;         // that make it worth copying A
    private const int MostKept = 1 << 11;       // columns of B whose panels are kept for the next band

    /// <summary>The most numbers of one panel.</summary>
    public static int LargestPanel => LargestInner * 2 * Vector512<T>.Count;

    private readonly ref T _a = ref a;
    private readonly ref T _b = ref b;
    private readonly ref T _c = ref c;
    private readonly bool _large =
        (long)rows * inner > LargestLooseRows && columns >= FewestPanels * 2 * Vector512<T>.Count;

    private readonly bool _packed =
        bColumnStride != 1 || (rows > 2 * RowsOfTile && (long)inner * columns > LargestLoose);

    private int Bands => _large ? (rows + RowsOfBand - 1) / RowsOfBand : 1;

    private bool Keeps => Bands > 1 && columns <= MostKept;

    /// <summary>How many numbers of scratch for rows of A <see cref="Multiply"/> wants.</summary>
    public int RowsLength => _large ? Math.Min(rows, RowsOfBand) * Math.Min(inner, LargestInner) : 0;

    /// <summary>How many numbers of scratch for panels of B it wants.</summary>
    public int PanelLength => !_packed
        ? 0
        : Math.Min(inner, LargestInner) * (Keeps ? columns : Math.Min(columns, 2 * Vector512<T>.Count));

    public void Multiply(Span<T> panels, Span<T> rowsOfA, bool fromZero)
    {
        var parts = (inner + LargestInner - 1) / LargestInner;
        for (var part = 0; part < parts; part++)
        {
            var (first, count) = Cut(inner, part, parts);
            for (var band = 0; band < Bands; band++)
            {
                var (row, height) = Cut(rows, band, Bands);
                var block = new Block(row, height, first, count, fromZero && part == 0);
                if (_large) CopyRows(in block, rowsOfA);
                var column = 0;
                if (Vector512.IsHardwareAccelerated)
                    Sweep<Vector512<T>, Lanes512<T>>(in block, ref column, panels, rowsOfA);
                if (Vector256.IsHardwareAccelerated)
                    Sweep<Vector256<T>, Lanes256<T>>(in block, ref column, panels, rowsOfA);
                if (Vector128.IsHardwareAccelerated)
                    Sweep<Vector128<T>, Lanes128<T>>(in block, ref column, panels, rowsOfA);
                Sweep<T, SingleLane<T>>(in block, ref column, panels, rowsOfA);
            }
        }
    }

    private static (int First, int Count) Cut(int length, int part, int parts)
    {
        if (parts == 1) return (0, length);
        var first = (int)((long)length * part / parts);
        return (first, (int)((long)length * (part + 1) / parts) - first);
    }

    /// <summary>As many columns as fill vectors of this width.</summary>
    private void Sweep<TVector, TLanes>(in Block block, ref int column, Span<T> panels, Span<T> rowsOfA)
        where TVector : struct
        where TLanes : struct, ILanes<T, TVector>
    {
        while (columns - column >= TLanes.Count)
        {
            var wide = columns - column >= 2 * TLanes.Count;
            var width = wide ? 2 * TLanes.Count : TLanes.Count;
            ref var from = ref Unsafe.Add(ref _b, (block.First * bInnerStride) + (column * bColumnStride));
            var stride = bInnerStride;
            if (_packed)
            {
                var panel = panels.Slice(Keeps ? block.Count * column : 0, block.Count * width);
                if (block.Row == 0 || !Keeps) Pack(ref from, block.Count, width, panel);
                from = ref MemoryMarshal.GetReference(panel);
                stride = width;
            }

            if (wide) Rows<TVector, TLanes, ICount.Two>(in block, column, ref from, stride, rowsOfA);
            else Rows<TVector, TLanes, ICount.One>(in block, column, ref from, stride, rowsOfA);
            column += width;
        }
    }

    private void Pack(ref T from, int count, int width, Span<T> panel)
    {
        ref var to = ref MemoryMarshal.GetReference(panel);
        if (bColumnStride != 1 && bInnerStride == 1)
        {
            Transposition.Copy(width, count, in from, bColumnStride, ref to, width);
            return;
        }

        for (nint k = 0; k < count; k++)
        {
            if (bColumnStride == 1 && width == 2 * Vector512<T>.Count)
            {
                Vector512.LoadUnsafe(in from).StoreUnsafe(ref to);
                Vector512.LoadUnsafe(in from, (nuint)Vector512<T>.Count).StoreUnsafe(ref to, (nuint)Vector512<T>.Count);
            }
            else
            {
                for (nint j = 0; j < width; j++) Unsafe.Add(ref to, j) = Unsafe.Add(ref from, j * bColumnStride);
            }

            from = ref Unsafe.Add(ref from, bInnerStride);
            to = ref Unsafe.Add(ref to, width);
        }
    }

    private void CopyRows(in Block block, Span<T> copies)
    {
        var (height, count) = (block.Height, block.Count);
        ref var from = ref Unsafe.Add(ref _a, (block.Row * rowStride) + (block.First * innerStride));
        ref var to = ref MemoryMarshal.GetReference(copies[..(height * count)]);
        if (rowStride == 1 && innerStride != 1)
        {
            Transposition.Copy(count, height, in from, innerStride, ref to, count);
            return;
        }

        for (nint i = 0; i < height; i++)
        {
            if (innerStride == 1)
                MemoryMarshal.CreateReadOnlySpan(in from, count).CopyTo(MemoryMarshal.CreateSpan(ref to, count));
            else for (nint k = 0; k < count; k++) Unsafe.Add(ref to, k) = Unsafe.Add(ref from, k * innerStride);
            from = ref Unsafe.Add(ref from, rowStride);
            to = ref Unsafe.Add(ref to, count);
        }
    }

    /// <summary>All rows of a band over one panel, in tiles of nearly equal height.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Rows<TVector, TLanes, TWidth>(
        in Block block, int column, ref T panel, nint panelStride, Span<T> rowsOfA)
        where TVector : struct
        where TLanes : struct, ILanes<T, TVector>
        where TWidth : struct, ICount
    {
        var (count, fromZero) = (block.Count, block.FromZero);
        var tiles = (block.Height + RowsOfTile - 1) / RowsOfTile;
        var (height, taller) = Math.DivRem(block.Height, tiles);
        var (row, step) = _large ? (count, 1) : (rowStride, innerStride);
        ref var a = ref _large
            ? ref MemoryMarshal.GetReference(rowsOfA)
            : ref Unsafe.Add(ref _a, (block.Row * rowStride) + (block.First * innerStride));
        ref var c = ref Unsafe.Add(ref _c, (block.Row * (nint)columns) + column);
        for (var tile = 0; tile < tiles; tile++)
        {
            var here = tile < taller ? height + 1 : height;
            switch (here)
            {
                case 1:
                    MatrixTile<T, TVector, TLanes, ICount.One, TWidth>.Run(
                        count, ref a, row, step, ref panel, panelStride, ref c, columns, fromZero);
                    break;
                case 2:
                    MatrixTile<T, TVector, TLanes, ICount.Two, TWidth>.Run(
                        count, ref a, row, step, ref panel, panelStride, ref c, columns, fromZero);
                    break;
                case 3:
                    MatrixTile<T, TVector, TLanes, ICount.Three, TWidth>.Run(
                        count, ref a, row, step, ref panel, panelStride, ref c, columns, fromZero);
                    break;
                case 4:
                    MatrixTile<T, TVector, TLanes, ICount.Four, TWidth>.Run(
                        count, ref a, row, step, ref panel, panelStride, ref c, columns, fromZero);
                    break;
                case 5:
                    MatrixTile<T, TVector, TLanes, ICount.Five, TWidth>.Run(
                        count, ref a, row, step, ref panel, panelStride, ref c, columns, fromZero);
                    break;
                default:
                    MatrixTile<T, TVector, TLanes, ICount.Six, TWidth>.Run(
                        count, ref a, row, step, ref panel, panelStride, ref c, columns, fromZero);
                    break;
            }

            a = ref Unsafe.Add(ref a, here * row);
            c = ref Unsafe.Add(ref c, here * (nint)columns);
        }
    }

    /// <summary>A band of rows of A and C, and a part of the inner index.</summary>
    private readonly record struct Block(int Row, int Height, int First, int Count, bool FromZero);
}
