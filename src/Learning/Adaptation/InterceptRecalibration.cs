using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Moves the last bias to the most probable value given the support and a normal prior around the shared bias: Newton's
/// method, one number for a model with one output. What hospitals differ in most is prevalence, and that is this
/// number.
/// </summary>
public static class InterceptRecalibration
{
    private const int MaxIterations = 50;

    /// <summary>Solves in place; a theta or loss that is not finite is left as it is.</summary>
    /// <param name="model">The loss.</param>
    /// <param name="theta">The shared parameters; only the last bias changes.</param>
    /// <param name="support">Labelled patients, one or more.</param>
    /// <param name="priorVariance">Variance of the prior; 1 in the tables of the design.</param>
    public static void Run<T>(IModel<T> model, Span<T> theta, Batch<T> support, double priorVariance = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priorVariance);
        var start = model.Spec.LastBiasOffset;
        var mask = new T[theta.Length];
        mask.AsSpan(start).Fill(T.One);
        var posterior = new ProximalModel<T>(model, theta, 1 / (priorVariance * support.Count), mask);
        var gradient = new T[theta.Length];
        var step = new T[theta.Length];
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var loss = posterior.Gradient(theta, support, gradient);
            gradient.AsSpan(0, start).Clear();
            var slope = FlatVector.Norm<T>(gradient);
            if (!double.IsFinite(loss) || !(slope > 1e-10)) return;
            SolveNewton(posterior, theta, support, gradient, step, start);
            if (!StepDown(posterior, theta, support, step, loss)) return;
        }
    }

    /// <summary>step = H⁻¹ gradient within the bias, by conjugate gradients (exact after as many steps as
    /// outputs).</summary>
    private static void SolveNewton<T>(
        ProximalModel<T> model, ReadOnlySpan<T> theta, Batch<T> support, T[] gradient, T[] step, int start)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var residual = (T[])gradient.Clone();
        var direction = (T[])gradient.Clone();
        var product = new T[theta.Length];
        step.AsSpan().Clear();
        var square = FlatVector.Dot<T>(residual, residual);
        var goal = square * 1e-28;
        for (var i = 0; i < theta.Length - start && square > goal; i++)
        {
            model.HessianVectorProduct(theta, support, direction, product);
            product.AsSpan(0, start).Clear();
            var length = T.CreateTruncating(square / FlatVector.Dot<T>(direction, product));
            FlatVector.AddScaled(step, length, direction);
            FlatVector.AddScaled(residual, -length, product);
            var next = FlatVector.Dot<T>(residual, residual);
            FlatVector.Scale(direction.AsSpan(), T.CreateTruncating(next / square));
            FlatVector.AddScaled(direction, T.One, residual);
            square = next;
        }
    }

    /// <summary>Takes the step, halved until it does not raise the loss; false where no length helps.</summary>
    private static bool StepDown<T>(ProximalModel<T> model, Span<T> theta, Batch<T> support, T[] step, double loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!FlatVector.IsFinite<T>(step)) return false;
        var before = theta.ToArray();
        for (var halving = 0; halving < 30; halving++)
        {
            FlatVector.AddScaled(theta, -T.One, step);
            if (model.Loss(theta, support) < loss) return true;
            before.CopyTo(theta);
            FlatVector.Scale(step.AsSpan(), T.CreateTruncating(0.5));
        }

        return false;
    }
}
