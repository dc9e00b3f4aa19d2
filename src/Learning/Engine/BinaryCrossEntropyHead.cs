using System.Numerics;

namespace FedMeta.Learning;

/// <summary>Binary cross-entropy with logits: softplus(z) - y z, mean over all outputs of all records.</summary>
internal sealed class BinaryCrossEntropyHead<T> : ILossHead<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public double Loss(int rows, ReadOnlySpan<T> scores, ReadOnlySpan<T> targets)
    {
        double sum = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            var z = double.CreateTruncating(scores[i]);
            var y = double.CreateTruncating(targets[i]);
            // Not softplus(z) - y z: for a large z with y = 1 that difference cancels.
            sum += Math.Max(z, 0) - y * z + ElementaryFunctions.LogOnePlus(ElementaryFunctions.Exp(-Math.Abs(z)));
        }

        return sum / scores.Length;
    }

    public void Adjoint(int rows, ReadOnlyDual<T> scores, ReadOnlySpan<T> targets, Dual<T> adjoint)
    {
        var count = T.CreateTruncating(scores.Value.Length);
        var probabilities = adjoint.Value;
        ElementaryFunctions.Sigmoid(scores.Value, probabilities);
        for (var i = 0; i < targets.Length; i++)
        {
            var probability = probabilities[i];
            if (!adjoint.Tangent.IsEmpty)
                adjoint.Tangent[i] = probability * (T.One - probability) * scores.Tangent[i] / count;
            adjoint.Value[i] = (probability - targets[i]) / count;
        }
    }
}
