using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FedMeta.Learning;

/// <summary>
/// One product cut into blocks: a panel of B, two vectors wide, lies in the fastest cache while the rows of A pass by
/// it, six at a time. The panel is copied where B is read often enough or its columns are not contiguous; the rows of
/// A are copied, tile by tile in the order in which they are read, where they are many and pass by many panels.
/// </summary>
/// <remarks>After Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008).</remarks>
internal readonly ref struct MatrixBlocks<T>(
    int rows, int inner, int columns,
    ref T a, nint rowStride, nint innerStride, ref T b, nint bInnerStride, nint bColumnStride, ref T c)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsOfTile = 6;
    private const int LargestInner = 256;       // a panel of two 512-bit vectors then fills 32 KiB
    private const int LargestLoose = 1 << 12;   // numbers of B that stay in the fastest cache as they are
    private const int LargestLooseRows = 1 << 18; // numbers of A
    private const int FewestPanels = 8;         // that make it worth copying A

    private readonly ref T _a = ref a;
    private readonly ref T _b = ref b;
    private readonly ref T _c = ref c;
    private readonly int _tiles = (rows + RowsOfTile - 1) / RowsOfTile;
    private readonly bool _copiesRows =
        rows * inner > LargestLooseRows && columns >= FewestPanels * 2 * Vector512<T>.Count;

    private readonly bool _packed = bColumnStride != 1 || (rows > 2 * RowsOfTile && inner * columns > LargestLoose);

    /// <summary>The most rows of one product whose copy stays in the second cache.</summary>
    public const int MostRows = 516;

    /// <summary>How many numbers of scratch for rows of A <see cref="Multiply"/> wants.</summary>
    public int RowsLength => _copiesRows ? rows * Math.Min(inner, LargestInner) : 0;

    /// <summary>How many numbers of scratch for a panel of B it wants.</summary>
    public int PanelLength =>
        _packed ? Math.Min(inner, LargestInner) * Math.Min(columns, 2 * Vector512<T>.Count) : 0;

    public void Multiply(Span<T> panel, Span<T> rowsOfA, bool fromZero)
    {
        var parts = (inner + LargestInner - 1) / LargestInner;
        for (var part = 0; part < parts; part++)
        {
            var first = (int)((long)inner * part / parts);
            var count = (int)((long)inner * (part + 1) / parts) - first;
            var zero = fromZero && part == 0;
            if (_copiesRows) CopyRows(first, count, rowsOfA);
            var column = 0;
            if (Vector512.IsHardwareAccelerated)
                Sweep<Vector512<T>, Lanes512<T>>(first, count, ref column, panel, rowsOfA, zero);
            if (Vector256.IsHardwareAccelerated)
                Sweep<Vector256<T>, Lanes256<T>>(first, count, ref column, panel, rowsOfA, zero);
            if (Vector128.IsHardwareAccelerated)
                Sweep<Vector128<T>, Lanes128<T>>(first, count, ref column, panel, rowsOfA, zero);
            Sweep<T, SingleLane<T>>(first, count, ref column, panel, rowsOfA, zero);
        }
    }

    /// <summary>As many columns as fill vectors of this width.</summary>
    private void Sweep<TVector, TLanes>(
        int first, int count, ref int column, Span<T> panel, Span<T> rowsOfA, bool fromZero)
        where TVector : struct
        where TLanes : struct, ILanes<T, TVector>
    {
        while (columns - column >= TLanes.Count)
        {
            var wide = columns - column >= 2 * TLanes.Count;
            var width = wide ? 2 * TLanes.Count : TLanes.Count;
            ref var from = ref Unsafe.Add(ref _b, (first * bInnerStride) + (column * bColumnStride));
            var stride = bInnerStride;
            if (_packed)
            {
                Pack(ref from, count, width, panel);
                from = ref MemoryMarshal.GetReference(panel);
                stride = width;
            }

            if (wide) Rows<TVector, TLanes, ICount.Two>(first, count, column, ref from, stride, rowsOfA, fromZero);
            else Rows<TVector, TLanes, ICount.One>(first, count, column, ref from, stride, rowsOfA, fromZero);
            column += width;
        }
    }

    private void Pack(ref T from, int count, int width, Span<T> panel)
    {
        if (bColumnStride != 1 && bInnerStride == 1)
        {
            Transposition.Copy(width, count, in from, bColumnStride, ref MemoryMarshal.GetReference(panel), width);
            return;
        }

        for (nint k = 0; k < count; k++)
        {
            ref var row = ref Unsafe.Add(ref from, k * bInnerStride);
            var copy = panel.Slice((int)k * width, width);
            if (bColumnStride == 1) MemoryMarshal.CreateReadOnlySpan(in row, width).CopyTo(copy);
            else for (nint j = 0; j < width; j++) copy[(int)j] = Unsafe.Add(ref row, j * bColumnStride);
        }
    }

    /// <summary>Tile by tile, and in a tile row after row for each inner index.</summary>
    private void CopyRows(int first, int count, Span<T> copies)
    {
        var (height, taller) = Math.DivRem(rows, _tiles);
        ref var from = ref Unsafe.Add(ref _a, first * innerStride);
        ref var to = ref MemoryMarshal.GetReference(copies[..(rows * count)]);
        for (var tile = 0; tile < _tiles; tile++)
        {
            nint here = tile < taller ? height + 1 : height;
            for (nint i = 0; i < here; i++)
                for (nint k = 0; k < count; k++)
                    Unsafe.Add(ref to, (k * here) + i) = Unsafe.Add(ref from, (i * rowStride) + (k * innerStride));
            from = ref Unsafe.Add(ref from, here * rowStride);
            to = ref Unsafe.Add(ref to, here * count);
        }
    }

    /// <summary>All rows over one panel, in tiles of nearly equal height.</summary>
    private void Rows<TVector, TLanes, TWidth>(
        int first, int count, int column, ref T panel, nint panelStride, Span<T> rowsOfA, bool fromZero)
        where TVector : struct
        where TLanes : struct, ILanes<T, TVector>
        where TWidth : struct, ICount
    {
        var (height, taller) = Math.DivRem(rows, _tiles);
        ref var a = ref _copiesRows
            ? ref MemoryMarshal.GetReference(rowsOfA)
            : ref Unsafe.Add(ref _a, first * innerStride);
        ref var c = ref Unsafe.Add(ref _c, column);
        for (var tile = 0; tile < _tiles; tile++)
        {
            var here = tile < taller ? height + 1 : height;
            var (row, step) = _copiesRows ? (1, here) : (rowStride, innerStride);
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

            a = ref Unsafe.Add(ref a, here * (_copiesRows ? count : rowStride));
            c = ref Unsafe.Add(ref c, here * (nint)columns);
        }
    }
}
