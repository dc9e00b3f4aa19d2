using System.Numerics;

namespace FedMeta.Learning;

/// <summary>Plain full-batch steps: the local training of FedAvg, Reptile and FedProx, and fine-tuning.</summary>
public static class GradientDescent
{
    /// <summary>theta -= rate · grad(theta, data), <paramref name="steps"/> times, in place.</summary>
    /// <returns>The loss before the last step; NaN for no steps.</returns>
    public static double Run<T>(IModel<T> model, Span<T> theta, Batch<T> data, int steps, double rate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        var gradient = new T[theta.Length];
        var loss = double.NaN;
        for (var step = 0; step < steps; step++)
        {
            loss = model.Gradient(theta, data, gradient);
            FlatVector.AddScaled(theta, -T.CreateTruncating(rate), gradient);
        }

        return loss;
    }
}
