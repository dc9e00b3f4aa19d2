using System.Numerics;

namespace FedMeta.Learning;

/// <summary>The end of a network: the mean loss of scores [rows, outputs] and its adjoint, once over duals.</summary>
internal interface ILossHead<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The mean loss.</summary>
    double Loss(int rows, ReadOnlySpan<T> scores, ReadOnlySpan<T> targets);

    /// <summary>adjoint = d loss / d scores.</summary>
    void Adjoint(int rows, ReadOnlyDual<T> scores, ReadOnlySpan<T> targets, Dual<T> adjoint);
}
