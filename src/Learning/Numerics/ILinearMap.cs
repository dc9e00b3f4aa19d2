using System.Numerics;

namespace FedMeta.Learning;

/// <summary>A symmetric matrix that is known by its products alone.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface ILinearMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>product = A vector.</summary>
    void Apply(ReadOnlySpan<T> vector, Span<T> product);
}
