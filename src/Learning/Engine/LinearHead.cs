using System.Numerics;

namespace FedMeta.Learning;

/// <summary>The mean over the records of target · score: a loss whose gradient is that of the scores along the targets,
/// with which a network becomes a part of a larger one.</summary>
internal sealed class LinearHead<T> : ILossHead<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public double Loss(int rows, ReadOnlySpan<T> scores, ReadOnlySpan<T> targets)
    {
        double sum = 0;
        for (var i = 0; i < scores.Length; i++)
            sum += double.CreateTruncating(scores[i]) * double.CreateTruncating(targets[i]);
        return sum / rows;
    }

    public void Adjoint(int rows, ReadOnlyDual<T> scores, ReadOnlySpan<T> targets, Dual<T> adjoint)
    {
        var count = T.CreateTruncating(rows);
        for (var i = 0; i < targets.Length; i++) adjoint.Value[i] = targets[i] / count;
        adjoint.Tangent.Clear();
    }
}
