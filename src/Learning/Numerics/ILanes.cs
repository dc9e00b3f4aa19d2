using System.Numerics;

namespace FedMeta.Learning;

/// <summary>What the matrix kernel needs of a vector type; one implementation for every width.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">Holds <see cref="Count"/> numbers.</typeparam>
internal interface ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    static abstract int Count { get; }

    /// <summary>The numbers from <paramref name="source"/> on.</summary>
    static abstract TVector Load(ref readonly T source);

    static abstract void Store(TVector vector, ref T destination);

    /// <summary>The number at <paramref name="source"/> in every lane.</summary>
    static abstract TVector Spread(ref readonly T source);

    /// <summary>x y + z, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);
}
