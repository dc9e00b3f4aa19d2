using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Implicit MAML (Rajeswaran et al. 2019): phi solves the inner problem with a pull of strength lambda towards theta;
/// the update u solves (I + H(phi)/lambda) u = grad(phi, query) by conjugate gradients. No path is differentiated
/// through.
/// </summary>
public static class ImplicitMaml
{
    /// <summary>Writes u and returns the query loss at <paramref name="phi"/>.</summary>
    /// <param name="model">The loss without the pull.</param>
    /// <param name="phi">The adapted vector.</param>
    /// <param name="support">Where the Hessian is taken.</param>
    /// <param name="query">Where the gradient is taken.</param>
    /// <param name="lambda">Strength of the pull, above 0.</param>
    /// <param name="update">Receives u.</param>
    /// <param name="maxIterations">Conjugate-gradient iterations at most.</param>
    /// <param name="tolerance">Stops where the residual is this far below the right side.</param>
    public static double Gradient<T>(
        IModel<T> model, ReadOnlySpan<T> phi, Batch<T> support, Batch<T> query, double lambda, Span<T> update,
        int maxIterations = 100, double tolerance = 1e-13)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(lambda);
        var residual = new T[phi.Length];
        var product = new T[phi.Length];
        var loss = model.Gradient(phi, query, residual);
        var direction = residual.ToArray();
        update.Clear();
        var square = FlatVector.Dot<T>(residual, residual);
        var goal = square * tolerance * tolerance;
        for (var i = 0; i < maxIterations && square > goal; i++)
        {
            model.HessianVectorProduct(phi, support, direction, product);
            FlatVector.Scale(product.AsSpan(), T.CreateTruncating(1 / lambda));
            FlatVector.AddScaled(product, T.One, direction);
            var curvature = FlatVector.Dot<T>(direction, product);
            if (!(curvature > 0)) break; // lambda is smaller than a negative curvature of the loss: keep what is solved
            var step = T.CreateTruncating(square / curvature);
            FlatVector.AddScaled(update, step, direction);
            FlatVector.AddScaled(residual, -step, product);
            var next = FlatVector.Dot<T>(residual, residual);
            FlatVector.Scale(direction.AsSpan(), T.CreateTruncating(next / square));
            FlatVector.AddScaled(direction, T.One, residual);
            square = next;
        }

        return loss;
    }
}
