using System.Numerics;
using System.Runtime.CompilerServices;

namespace FedMeta.Learning;

/// <summary>
/// A block of the result, up to six rows of up to two vectors, held in registers while the inner index runs once. The
/// compiler makes one loop without a branch out of this text for every number of rows and vectors.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector type.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TRows">Number of rows, 1 .. 6.</typeparam>
/// <typeparam name="TWidth">Vectors in a row, 1 or 2.</typeparam>
internal abstract class MatrixTile<T, TVector, TLanes, TRows, TWidth> : VectorPair<T, TVector, TLanes, TWidth>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<T, TVector>
    where TRows : struct, ICount
    where TWidth : struct, ICount
{
    /// <summary>c = (from zero or from c) + a b, every element one ascending chain of fused multiply-adds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        int inner, ref readonly T a, nint rowStride, nint innerStride, ref readonly T b, nint bStride,
        ref T c, nint cStride, bool fromZero)
    {
        ref var a0 = ref Unsafe.AsRef(in a);
        ref var a1 = ref Unsafe.Add(ref a0, TRows.Value > 1 ? rowStride : 0);
        ref var a2 = ref Unsafe.Add(ref a1, TRows.Value > 2 ? rowStride : 0);
        ref var a3 = ref Unsafe.Add(ref a2, TRows.Value > 3 ? rowStride : 0);
        ref var a4 = ref Unsafe.Add(ref a3, TRows.Value > 4 ? rowStride : 0);
        ref var a5 = ref Unsafe.Add(ref a4, TRows.Value > 5 ? rowStride : 0);
        ref var c0 = ref c;
        ref var c1 = ref Unsafe.Add(ref c0, TRows.Value > 1 ? cStride : 0);
        ref var c2 = ref Unsafe.Add(ref c1, TRows.Value > 2 ? cStride : 0);
        ref var c3 = ref Unsafe.Add(ref c2, TRows.Value > 3 ? cStride : 0);
        ref var c4 = ref Unsafe.Add(ref c3, TRows.Value > 4 ? cStride : 0);
        ref var c5 = ref Unsafe.Add(ref c4, TRows.Value > 5 ? cStride : 0);
        TVector s0 = default, t0 = default;
        TVector s1 = default, t1 = default;
        TVector s2 = default, t2 = default;
        TVector s3 = default, t3 = default;
        TVector s4 = default, t4 = default;
        TVector s5 = default, t5 = default;
        if (!fromZero)
        {
            if (TRows.Value > 0) Load(ref c0, out s0, out t0);
            if (TRows.Value > 1) Load(ref c1, out s1, out t1);
            if (TRows.Value > 2) Load(ref c2, out s2, out t2);
            if (TRows.Value > 3) Load(ref c3, out s3, out t3);
            if (TRows.Value > 4) Load(ref c4, out s4, out t4);
            if (TRows.Value > 5) Load(ref c5, out s5, out t5);
        }

        ref var row = ref Unsafe.AsRef(in b);
        nint at = 0;
        for (; inner > 0; inner--)
        {
            Load(ref row, out var b0, out var b1);
            if (TRows.Value > 0) Step(in Unsafe.Add(ref a0, at), b0, b1, ref s0, ref t0);
            if (TRows.Value > 1) Step(in Unsafe.Add(ref a1, at), b0, b1, ref s1, ref t1);
            if (TRows.Value > 2) Step(in Unsafe.Add(ref a2, at), b0, b1, ref s2, ref t2);
            if (TRows.Value > 3) Step(in Unsafe.Add(ref a3, at), b0, b1, ref s3, ref t3);
            if (TRows.Value > 4) Step(in Unsafe.Add(ref a4, at), b0, b1, ref s4, ref t4);
            if (TRows.Value > 5) Step(in Unsafe.Add(ref a5, at), b0, b1, ref s5, ref t5);
            row = ref Unsafe.Add(ref row, bStride);
            at += innerStride;
        }

        if (TRows.Value > 0) Store(ref c0, s0, t0);
        if (TRows.Value > 1) Store(ref c1, s1, t1);
        if (TRows.Value > 2) Store(ref c2, s2, t2);
        if (TRows.Value > 3) Store(ref c3, s3, t3);
        if (TRows.Value > 4) Store(ref c4, s4, t4);
        if (TRows.Value > 5) Store(ref c5, s5, t5);
    }
}
