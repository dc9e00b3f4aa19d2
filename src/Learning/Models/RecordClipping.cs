using System.Numerics;

namespace FedMeta.Learning;

/// <summary>The clipped sum from the gradients of single records: for models whose layers have no quicker way.</summary>
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

    public static void Check(int parameters, int records, double clipNorm, int sumLength, int normsLength)
    {
        if (!(clipNorm > 0)) throw new ArgumentOutOfRangeException(nameof(clipNorm), clipNorm, "must be above 0");
        FlatVector.RequireSameLength(parameters, sumLength);
        FlatVector.RequireSameLength(records, normsLength);
    }
}
