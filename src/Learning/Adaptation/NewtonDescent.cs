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
    private const double Tolerance = 1e-14;

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
            FlatVector.Multiply(gradient, mask);
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
        var free = mask.Length - mask.Count(T.Zero);
        var hessian = new MaskedHessian<T>(model, theta, batch, mask);
        var steps = ConjugateGradients.Solve<T, MaskedHessian<T>>(
            hessian, gradient, step, Math.Min(free, MaxProducts), Tolerance);
        if (steps == 0) gradient.CopyTo(step, 0); // flat here: along the gradient
    }

    private readonly ref struct MaskedHessian<T>(
        IModel<T> model, ReadOnlySpan<T> theta, Batch<T> batch, ReadOnlySpan<T> mask) : ILinearMap<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ReadOnlySpan<T> _theta = theta;
        private readonly ReadOnlySpan<T> _mask = mask;

        public void Apply(ReadOnlySpan<T> vector, Span<T> product)
        {
            model.HessianVectorProduct(_theta, batch, vector, product);
            FlatVector.Multiply(product, _mask);
        }
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
