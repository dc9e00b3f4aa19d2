using System.Buffers;
using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// A network under the loss of <see cref="PrototypeHead{T}"/>. The embedding is what enters the last layer, so that
/// layer takes no part: inside it stands as an identity, and its gradient is zero. Predictions are those of the
/// ordinary network, whose last layer <see cref="Prototypes.WriteHead"/> fills.
/// </summary>
/// <param name="spec">The network with its last layer.</param>
/// <param name="embedding">The same network with a square last layer and <see cref="PrototypeHead{T}"/>.</param>
/// <param name="ordinary">The same network with its usual loss.</param>
internal sealed class PrototypeModel<T>(ModelSpec spec, IModel<T> embedding, IModel<T> ordinary) : IModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ModelSpec Spec => spec;

    public int ParameterCount => spec.ParameterCount;

    public double Loss(ReadOnlySpan<T> theta, Batch<T> batch)
    {
        var embedded = Embedded(theta, identity: true);
        try
        {
            return embedding.Loss(embedded.AsSpan(0, embedding.ParameterCount), batch);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(embedded);
        }
    }

    public double Gradient(ReadOnlySpan<T> theta, Batch<T> batch, Span<T> gradient)
    {
        FlatVector.RequireSameLength(ParameterCount, gradient.Length);
        var embedded = Embedded(theta, identity: true);
        var result = ArrayPool<T>.Shared.Rent(embedding.ParameterCount);
        try
        {
            var full = result.AsSpan(0, embedding.ParameterCount);
            var loss = embedding.Gradient(embedded.AsSpan(0, embedding.ParameterCount), batch, full);
            Keep(full, gradient);
            return loss;
        }
        finally
        {
            ArrayPool<T>.Shared.Return(embedded);
            ArrayPool<T>.Shared.Return(result, clearArray: true); // of patients
        }
    }

    public void HessianVectorProduct(ReadOnlySpan<T> theta, Batch<T> batch, ReadOnlySpan<T> v, Span<T> product)
    {
        FlatVector.RequireSameLength(ParameterCount, product.Length);
        var embedded = Embedded(theta, identity: true);
        var direction = Embedded(v, identity: false);
        var result = ArrayPool<T>.Shared.Rent(embedding.ParameterCount);
        try
        {
            var full = result.AsSpan(0, embedding.ParameterCount);
            embedding.HessianVectorProduct(embedded.AsSpan(0, full.Length), batch, direction.AsSpan(0, full.Length),
                full);
            Keep(full, product);
        }
        finally
        {
            ArrayPool<T>.Shared.Return(embedded);
            ArrayPool<T>.Shared.Return(direction, clearArray: true); // of patients, as the result
            ArrayPool<T>.Shared.Return(result, clearArray: true);
        }
    }

    public void Predict(ReadOnlySpan<T> theta, ReadOnlySpan<T> inputs, Span<T> outputs) =>
        ordinary.Predict(theta, inputs, outputs);

    public void PerExampleGradients(ReadOnlySpan<T> theta, Batch<T> batch, ExampleGradient<T> sink) =>
        RecordClipping.RequireLossOfEveryRecord(LossKind.Prototypes);

    private void Keep(ReadOnlySpan<T> full, Span<T> part)
    {
        full[..spec.HeadOffset].CopyTo(part);
        part[spec.HeadOffset..].Clear();
    }

    /// <summary>The body of a vector, then an identity and a zero bias (or nothing but zeros).</summary>
    private T[] Embedded(ReadOnlySpan<T> vector, bool identity)
    {
        FlatVector.RequireSameLength(ParameterCount, vector.Length);
        var full = ArrayPool<T>.Shared.Rent(embedding.ParameterCount);
        vector[..spec.HeadOffset].CopyTo(full);
        full.AsSpan(spec.HeadOffset, embedding.ParameterCount - spec.HeadOffset).Clear();
        for (var k = 0; identity && k < embedding.Spec.Outputs; k++)
            full[spec.HeadOffset + (k * embedding.Spec.Outputs) + k] = T.One;
        return full;
    }
}
