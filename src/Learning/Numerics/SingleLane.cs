using System.Numerics;

namespace FedMeta.Learning;

/// <summary>One number at a time.</summary>
internal readonly struct SingleLane<T> : ILanes<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => 1;

    public static T Load(ref readonly T source) => source;

    public static void Store(T vector, ref T destination) => destination = vector;

    public static T Spread(ref readonly T source) => source;

    public static T MultiplyAdd(T x, T y, T z) => T.FusedMultiplyAdd(x, y, z);
}
