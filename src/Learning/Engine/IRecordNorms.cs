using System.Numerics;

namespace FedMeta.Learning;

/// <summary>A layer that knows how long the gradient of each record is without writing it down.</summary>
internal interface IRecordNorms<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>squares[i] += the squared norm of what record i adds to this layer's parameter adjoint.</summary>
    void AddSquaredNorms(
        int rows, ReadOnlySpan<T> parameters, ReadOnlySpan<T> input, ReadOnlySpan<T> output,
        ReadOnlySpan<T> outputAdjoint, Span<double> squares, Span<T> scratch);
}
