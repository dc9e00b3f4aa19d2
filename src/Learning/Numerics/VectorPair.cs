using System.Numerics;
using System.Runtime.CompilerServices;

namespace FedMeta.Learning;

/// <summary>What a tile does with its rows of one or two vectors.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The vector type.</typeparam>
/// <typeparam name="TLanes">Its operations.</typeparam>
/// <typeparam name="TWidth">Vectors in a row, 1 or 2.</typeparam>
internal abstract class VectorPair<T, TVector, TLanes, TWidth>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<T, TVector>
    where TWidth : struct, ICount
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Load(ref T at, out TVector first, out TVector second)
    {
        first = TLanes.Load(in at);
        second = TWidth.Value > 1 ? TLanes.Load(in Unsafe.Add(ref at, TLanes.Count)) : default;
    }

    /// <summary>The next link of the chains (s, t): + factor (b0, b1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Step(ref readonly T factor, TVector b0, TVector b1, ref TVector s, ref TVector t)
    {
        var x = TLanes.Spread(in factor);
        s = TLanes.MultiplyAdd(x, b0, s);
        if (TWidth.Value > 1) t = TLanes.MultiplyAdd(x, b1, t);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static void Store(ref T at, TVector first, TVector second)
    {
        TLanes.Store(first, ref at);
        if (TWidth.Value > 1) TLanes.Store(second, ref Unsafe.Add(ref at, TLanes.Count));
    }
}
