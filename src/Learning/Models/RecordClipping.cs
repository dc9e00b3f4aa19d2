using System.Numerics;

namespace FedMeta.Learning;

/// <summary>The clipped sum from the gradients of single records: for models whose layers have no quicker
/// way.</summary>
internal static class RecordClipping
{
    /// <summary>As <see cref="IModel{T}.ClippedGradientSum"/>.</summary>
    public static double Sum<T>(
        IModel<T> model, ReadOnlySpan<T> theta, Batch<T> batch, double clipNorm, Span<T> sum, Span<double> norms)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(model.ParameterCount, batch.Count, clipNorm, sum.Length, norms.Length);
        var total = new T[sum.Length];
        var lengths = new double[norms.Length];
        double losses = 0;
        model.PerExampleGradients(theta, batch, (record, loss, gradient) =>
        {
            losses += loss;
            lengths[record] = FlatVector.Clip(gradient, clipNorm);
            FlatVector.Add<T>(total, gradient);
        });
        total.CopyTo(sum);
        lengths.CopyTo(norms);
        return losses / batch.Count;
    }

    /// <summary>What a record's part of the gradient of a mean over <paramref name="rows"/> records is multiplied by:
    /// the clipped sum is a sum, not a mean.</summary>
    /// <param name="rows">Records of the batch.</param>
    /// <param name="square">The squared norm of the record's part.</param>
    /// <param name="clipNorm">Above 0.</param>
    public static double Factor(int rows, double square, double clipNorm)
    {
        var norm = rows * Math.Sqrt(square);
        return norm > clipNorm ? rows * (clipNorm / norm) : rows;
    }

    public static void Check(int parameters, int records, double clipNorm, int sumLength, int normsLength)
    {
        if (!(clipNorm > 0)) throw new ArgumentOutOfRangeException(nameof(clipNorm), clipNorm, "must be above 0");
        FlatVector.RequireSameLength(parameters, sumLength);
        FlatVector.RequireSameLength(records, normsLength);
    }

    /// <exception cref="InvalidOperationException">The loss compares records with each other.</exception>
    public static void RequireLossOfEveryRecord(LossKind loss)
    {
        if (loss is LossKind.CoxPartialLikelihood or LossKind.Prototypes)
            throw new InvalidOperationException(
                "this loss compares records with each other: no record has a loss alone");
    }
}
