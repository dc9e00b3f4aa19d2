using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Personalised FedAvg (Fallah, Mokhtari and Ozdaglar 2020) with the exact Hessian-vector product: the paper's finite
/// difference jumps at the kinks of a ReLU net. K local meta-steps; the update is theta - w.
/// </summary>
public static class PerFedAvg
{
    /// <summary>
    /// The direction of one local meta-step: w~ = w - alpha grad(w; D); g = grad(w~; D'); second order adds
    /// -alpha H(w; D'') g. The three batches are independent draws.
    /// </summary>
    public static double Direction<T>(
        IModel<T> model, ReadOnlySpan<T> w, Batch<T> first, Batch<T> second, Batch<T> third, double alpha,
        GradientOrder order, Span<T> direction)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        var rate = T.CreateTruncating(alpha);
        var scratch = new T[w.Length];
        model.Gradient(w, first, scratch);
        var ahead = w.ToArray();
        FlatVector.AddScaled(ahead, -rate, scratch);
        var loss = model.Gradient(ahead, second, direction);
        if (order == GradientOrder.First) return loss;
        model.HessianVectorProduct(w, third, direction, scratch);
        FlatVector.AddScaled(direction, -rate, scratch);
        return loss;
    }
}
