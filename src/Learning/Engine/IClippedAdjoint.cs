using System.Numerics;

namespace FedMeta.Learning;

/// <summary>The lowest layer of a net where it has no quick way to the norms of records: it writes each record's
/// gradient down once, learns from it the last of the record's norm, and adds it, clipped, to the sum.</summary>
internal interface IClippedAdjoint<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// squares[i] += the squared norm of what record i adds to this layer's parameter adjoint; parameterAdjoint = the
    /// sum of these, each times <see cref="RecordClipping.Factor"/> of its square.
    /// </summary>
    void ClippedAdjoint(
        int rows, ReadOnlySpan<T> parameters, ReadOnlySpan<T> input, ReadOnlySpan<T> output,
        ReadOnlySpan<T> outputAdjoint, double clipNorm, Span<double> squares, Span<T> parameterAdjoint,
        Span<T> scratch);
}
