using System.Numerics;

namespace FedMeta.Learning;

/// <summary>Plain steps: the local training of FedAvg, Reptile and FedProx, and fine-tuning.</summary>
public static class GradientDescent
{
    /// <summary>theta -= rate · grad(theta, data), <paramref name="steps"/> times, in place.</summary>
    /// <returns>The loss before the last step; NaN for no steps.</returns>
    public static double Run<T>(IModel<T> model, Span<T> theta, Batch<T> data, int steps, double rate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Run(model, theta, new ReadOnlySpan<Batch<T>>(in data), steps, rate);

    /// <summary>The same with one batch for all steps, or one batch per step (<see cref="Minibatches"/>).</summary>
    /// <returns>The loss on its batch before the last step; NaN for no steps.</returns>
    public static double Run<T>(
        IModel<T> model, Span<T> theta, ReadOnlySpan<Batch<T>> batches, int steps, double rate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        if (steps > 1 && batches.Length != 1 && batches.Length != steps)
            throw new ArgumentException($"{steps} steps need 1 or {steps} batches, not {batches.Length}");
        var gradient = new T[theta.Length];
        var loss = double.NaN;
        for (var step = 0; step < steps; step++)
        {
            loss = model.Gradient(theta, batches[batches.Length == 1 ? 0 : step], gradient);
            FlatVector.AddScaled(theta, -T.CreateTruncating(rate), gradient);
        }

        return loss;
    }
}
