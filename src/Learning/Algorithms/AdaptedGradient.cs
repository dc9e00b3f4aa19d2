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
    /// <summary>The most numbers that one call may hold: 2 GiB of float, 4 of double.</summary>
    public const long MostHeld = 1 << 29;

    /// <summary>How many numbers one call holds: t[0] .. t[K], then g[0] .. g[K-1], a direction and a
    /// product.</summary>
    /// <param name="parameters">Length of theta.</param>
    /// <param name="steps">K, zero or more.</param>
    public static long Held(int parameters, int steps) => ((2L * steps) + 3) * parameters;

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

        if (Held(d, steps) > MostHeld)
            throw new ArgumentException($"{steps} inner steps of {d} parameters are more than a call may hold");
        var length = (int)Held(d, steps);
        var rented = ArrayPool<T>.Shared.Rent(length);
        var path = rented.AsSpan(0, (steps + 1) * d);
        var gradients = rented.AsSpan(path.Length, steps * d);
        var direction = rented.AsSpan(length - (2 * d), d);
        var product = rented.AsSpan(length - d, d);
        try
        {
            theta.CopyTo(path);
            for (var k = 0; k < steps; k++)
            {
                var here = path.Slice(k * d, d);
                var next = path.Slice((k + 1) * d, d);
                var g = gradients.Slice(k * d, d);
                model.Gradient(here, support[support.Length == 1 ? 0 : k], g);
                if (!mask.IsEmpty) FlatVector.Multiply(g, mask);
                here.CopyTo(next);
                FlatVector.SubtractProduct(next, rates, g);
            }

            var last = path.Slice(steps * d, d);
            if (!adapted.IsEmpty) last.CopyTo(adapted);
            var loss = model.Gradient(last, query, thetaGradient);

            rateGradient.Clear();
            for (var k = steps - 1; k >= 0; k--)
            {
                if (!rateGradient.IsEmpty)
                    FlatVector.SubtractProduct(rateGradient, gradients.Slice(k * d, d), thetaGradient);
                if (order == GradientOrder.First) continue;
                FlatVector.Multiply(rates, thetaGradient, direction);
                if (!mask.IsEmpty) FlatVector.Multiply(direction, mask);
                model.HessianVectorProduct(
                    path.Slice(k * d, d), support[support.Length == 1 ? 0 : k], direction, product);
                FlatVector.Subtract<T>(thetaGradient, product, thetaGradient);
            }

            return loss;
        }
        finally
        {
            rented.AsSpan(0, length).Clear(); // gradients of patients do not linger in a shared pool
            ArrayPool<T>.Shared.Return(rented);
        }
    }
}
