using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Newton's method on some coordinates of a convex loss: each step solved by conjugate gradients over exact Hessian
/// products (Nocedal and Wright 2006, algorithm 7.1), halved until the loss falls.
/// </summary>
internal static class NewtonDescent
{
    private const int MaxIterations = 50;
    private const int MaxProducts = 100;

    /// <summary>Descends in place; a theta or loss that is not finite is left as it is.</summary>
    /// <param name="model">The loss.</param>
    /// <param name="theta">The start, and the result.</param>
    /// <param name="batch">Records, one or more.</param>
    /// <param name="mask">1 where a coordinate may move, 0 where not.</param>
    public static void Run<T>(IModel<T> model, Span<T> theta, Batch<T> batch, ReadOnlySpan<T> mask)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var gradient = new T[theta.Length];
        var step = new T[theta.Length];
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            var loss = model.Gradient(theta, batch, gradient);
            Keep(gradient, mask);
            if (!double.IsFinite(loss) || !(FlatVector.Norm<T>(gradient) > 1e-10)) return;
            Solve(model, theta, batch, mask, gradient, step);
            if (!StepDown(model, theta, batch, step, loss)) return;
        }
    }

    /// <summary>step = H⁻¹ gradient within the mask; exact after as many products as free coordinates.</summary>
    private static void Solve<T>(
        IModel<T> model, ReadOnlySpan<T> theta, Batch<T> batch, ReadOnlySpan<T> mask, T[] gradient, T[] step)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var residual = (T[])gradient.Clone();
        var direction = (T[])gradient.Clone();
        var product = new T[theta.Length];
        step.AsSpan().Clear();
        var square = FlatVector.Dot<T>(residual, residual);
        var goal = square * 1e-28;
        var free = mask.Length - mask.Count(T.Zero);
        for (var i = 0; i < Math.Min(free, MaxProducts) && square > goal; i++)
        {
            model.HessianVectorProduct(theta, batch, direction, product);
            Keep(product, mask);
            var curvature = FlatVector.Dot<T>(direction, product);
            if (!(curvature > 0))
            {
                // Flat here: along the gradient where nothing is solved yet, else what is solved so far will do.
                if (i == 0) gradient.CopyTo(step, 0);
                return;
            }

            var length = T.CreateTruncating(square / curvature);
            FlatVector.AddScaled(step, length, direction);
            FlatVector.AddScaled(residual, -length, product);
            var next = FlatVector.Dot<T>(residual, residual);
            FlatVector.Scale(direction.AsSpan(), T.CreateTruncating(next / square));
            FlatVector.AddScaled(direction, T.One, residual);
            square = next;
        }
    }

    private static void Keep<T>(T[] vector, ReadOnlySpan<T> mask)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < vector.Length; i++) vector[i] *= mask[i];
    }

    /// <summary>Takes the step, halved until it lowers the loss; false where no length helps.</summary>
    private static bool StepDown<T>(IModel<T> model, Span<T> theta, Batch<T> batch, T[] step, double loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!FlatVector.IsFinite<T>(step)) return false;
        var before = theta.ToArray();
        for (var halving = 0; halving < 30; halving++)
        {
            FlatVector.AddScaled(theta, -T.One, step);
            if (model.Loss(theta, batch) < loss) return true;
            before.CopyTo(theta);
            FlatVector.Scale(step.AsSpan(), T.CreateTruncating(0.5));
        }

        return false;
    }
}
