using System.Numerics;

namespace FedMeta.Learning;

/// <summary>The mean of (score - target)² over all outputs of all records.</summary>
internal sealed class SquaredErrorHead<T> : ILossHead<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public double Loss(int rows, ReadOnlySpan<T> scores, ReadOnlySpan<T> targets)
    {
        double sum = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            var residual = double.CreateTruncating(scores[i] - targets[i]);
            sum += residual * residual;
        }

        return sum / scores.Length;
    }

    public void Adjoint(int rows, ReadOnlyDual<T> scores, ReadOnlySpan<T> targets, Dual<T> adjoint)
    {
        var factor = T.CreateTruncating(2.0 / scores.Value.Length);
        for (var i = 0; i < targets.Length; i++) adjoint.Value[i] = factor * (scores.Value[i] - targets[i]);
        for (var i = 0; i < adjoint.Tangent.Length; i++) adjoint.Tangent[i] = factor * scores.Tangent[i];
    }
}
