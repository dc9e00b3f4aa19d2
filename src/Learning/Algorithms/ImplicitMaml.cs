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
        var gradient = new T[phi.Length];
        var loss = model.Gradient(phi, query, gradient);

        // Where lambda is smaller than a negative curvature of the loss, what is solved until there is kept.
        ConjugateGradients.Solve<T, PulledHessian<T>>(
            new(model, phi, support, T.CreateTruncating(1 / lambda)), gradient, update, maxIterations, tolerance);
        return loss;
    }

    /// <summary>I + H / lambda.</summary>
    private readonly ref struct PulledHessian<T>(IModel<T> model, ReadOnlySpan<T> phi, Batch<T> support, T share)
        : ILinearMap<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ReadOnlySpan<T> _phi = phi;

        public void Apply(ReadOnlySpan<T> vector, Span<T> product)
        {
            model.HessianVectorProduct(_phi, support, vector, product);
            FlatVector.Scale(product, share);
            FlatVector.AddScaled(product, T.One, vector);
        }
    }
}
