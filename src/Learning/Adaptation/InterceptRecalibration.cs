using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// Moves the last bias to the most probable value given the support and a normal prior around the shared bias: Newton's
/// method, one number for a model with one output. What hospitals differ in most is prevalence, and that is this
/// number.
/// </summary>
public static class InterceptRecalibration
{
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
        NewtonDescent.Run(posterior, theta, support, mask);
    }
}
