using System.Buffers;
using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// The gradient of the query loss after K inner steps on the support, by theta and by the inner rates: one routine for
/// MAML and FOMAML (Finn, Abbeel and Levine 2017), Meta-SGD (Li et al. 2017), ANIL (Raghu et al. 2020) and the
/// bias-only loop.
/// </summary>
public static class AdaptedGradient
{
    /// <summary>
    /// t[0] = theta; t[k+1] = t[k] - rates (.) mask (.) grad(t[k], support). Then backwards from v = grad(t[K], query):
    /// v -= H(t[k]) (mask (.) rates (.) v).
    /// </summary>
    /// <param name="model">The loss.</param>
    /// <param name="theta">The shared vector.</param>
    /// <param name="support">One batch for all steps, or one batch per step.</param>
    /// <param name="steps">K, zero or more.</param>
    /// <param name="query">Disjoint from the support.</param>
    /// <param name="rates">Inner learning rate of every coordinate.</param>
    /// <param name="mask">1 where the inner loop may move, else 0; empty means everywhere.</param>
    /// <param name="order">First or second.</param>
    /// <param name="thetaGradient">Receives the gradient by theta, over all of theta whatever the mask.</param>
    /// <param name="rateGradient">Receives the gradient by the rates; empty where it is not wanted.</param>
    /// <param name="adapted">Receives t[K]; empty where it is not wanted.</param>
    /// <returns>The query loss at t[K].</returns>
    public static double Compute<T>(
        IModel<T> model, ReadOnlySpan<T> theta, ReadOnlySpan<Batch<T>> support, int steps, Batch<T> query,
        ReadOnlySpan<T> rates, ReadOnlySpan<T> mask, GradientOrder order,
        Span<T> thetaGradient, Span<T> rateGradient = default, Span<T> adapted = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        var d = model.ParameterCount;
        FlatVector.RequireSameLength(d, theta.Length);
        FlatVector.RequireSameLength(d, rates.Length);
        if (steps > 1 && support.Length != 1 && support.Length != steps)
            throw new ArgumentException($"{steps} inner steps need 1 or {steps} support batches, not {support.Length}");

        var path = ArrayPool<T>.Shared.Rent(checked((steps + 1) * d));  // t[0] .. t[K]
        var gradients = ArrayPool<T>.Shared.Rent(checked((steps + 2) * d)); // g[0] .. g[K-1], two of scratch
        try
        {
            theta.CopyTo(path);
            for (var k = 0; k < steps; k++)
            {
                var here = path.AsSpan(k * d, d);
                var next = path.AsSpan((k + 1) * d, d);
                var g = gradients.AsSpan(k * d, d);
                model.Gradient(here, support[support.Length == 1 ? 0 : k], g);
                for (var i = 0; i < d; i++)
                {
                    if (!mask.IsEmpty) g[i] *= mask[i];
                    next[i] = here[i] - rates[i] * g[i];
                }
            }

            var last = path.AsSpan(steps * d, d);
            if (!adapted.IsEmpty) last.CopyTo(adapted);
            var loss = model.Gradient(last, query, thetaGradient);

            rateGradient.Clear();
            var direction = gradients.AsSpan(steps * d, d);
            var product = gradients.AsSpan((steps + 1) * d, d);
            for (var k = steps - 1; k >= 0; k--)
            {
                if (!rateGradient.IsEmpty)
                {
                    var g = gradients.AsSpan(k * d, d);
                    for (var i = 0; i < d; i++) rateGradient[i] -= g[i] * thetaGradient[i];
                }

                if (order == GradientOrder.First) continue;
                for (var i = 0; i < d; i++)
                    direction[i] = (mask.IsEmpty ? T.One : mask[i]) * rates[i] * thetaGradient[i];
                model.HessianVectorProduct(
                    path.AsSpan(k * d, d), support[support.Length == 1 ? 0 : k], direction, product);
                FlatVector.AddScaled(thetaGradient, -T.One, product);
            }

            return loss;
        }
        finally
        {
            ArrayPool<T>.Shared.Return(path, clearArray: true); // gradients of patients do not linger in a shared pool
            ArrayPool<T>.Shared.Return(gradients, clearArray: true);
        }
    }
}
