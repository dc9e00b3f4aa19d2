using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// A model whose loss carries a quadratic pull towards a centre: loss + strength/2 · ||mask (.) (theta - centre)||².
/// Weight decay is the pull towards zero, FedProx and pFedMe the pull towards the shared model. Inside the loss, so
/// that gradient and Hessian both see it.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ProximalModel<T> : IModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly IModel<T> _inner;
    private readonly T[] _centre;
    private readonly T[] _strength;

    /// <summary>Wraps <paramref name="inner"/>.</summary>
    /// <param name="inner">The model without the pull.</param>
    /// <param name="centre">The vector pulled towards.</param>
    /// <param name="strength">Zero or more.</param>
    /// <param name="mask">1 where the pull acts, 0 where not; empty means everywhere.</param>
    public ProximalModel(IModel<T> inner, ReadOnlySpan<T> centre, double strength, ReadOnlySpan<T> mask = default)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfNegative(strength);
        FlatVector.RequireSameLength(inner.ParameterCount, centre.Length);
        _inner = inner;
        _centre = centre.ToArray();
        _strength = new T[centre.Length];
        for (var i = 0; i < _strength.Length; i++)
            _strength[i] = T.CreateTruncating(strength) * (mask.IsEmpty ? T.One : mask[i]);
    }

    /// <inheritdoc/>
    public ModelSpec Spec => _inner.Spec;

    /// <inheritdoc/>
    public int ParameterCount => _inner.ParameterCount;

    /// <inheritdoc/>
    public double Loss(ReadOnlySpan<T> theta, Batch<T> batch) => _inner.Loss(theta, batch) + Pull(theta);

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<T> theta, Batch<T> batch, Span<T> gradient)
    {
        var loss = _inner.Gradient(theta, batch, gradient);
        AddPull(theta, gradient);
        return loss + Pull(theta);
    }

    /// <inheritdoc/>
    public void HessianVectorProduct(ReadOnlySpan<T> theta, Batch<T> batch, ReadOnlySpan<T> v, Span<T> product)
    {
        _inner.HessianVectorProduct(theta, batch, v, product);
        for (var i = 0; i < product.Length; i++) product[i] += _strength[i] * v[i];
    }

    /// <inheritdoc/>
    public void Predict(ReadOnlySpan<T> theta, ReadOnlySpan<T> inputs, Span<T> outputs) =>
        _inner.Predict(theta, inputs, outputs);

    /// <inheritdoc/>
    public void PerExampleGradients(ReadOnlySpan<T> theta, Batch<T> batch, ExampleGradient<T> sink)
    {
        var here = theta.ToArray();
        var pull = Pull(theta);
        _inner.PerExampleGradients(theta, batch, (record, loss, gradient) =>
        {
            AddPull(here, gradient);
            sink(record, loss + pull, gradient);
        });
    }

    private void AddPull(ReadOnlySpan<T> theta, Span<T> gradient)
    {
        for (var i = 0; i < gradient.Length; i++) gradient[i] += _strength[i] * (theta[i] - _centre[i]);
    }

    private double Pull(ReadOnlySpan<T> theta)
    {
        double sum = 0;
        for (var i = 0; i < theta.Length; i++)
        {
            var distance = double.CreateTruncating(theta[i] - _centre[i]);
            sum += double.CreateTruncating(_strength[i]) * distance * distance;
        }

        return sum / 2;
    }
}
