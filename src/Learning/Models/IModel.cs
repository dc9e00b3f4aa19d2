using System.Numerics;

namespace FedMeta.Learning;

/// <summary>Receives the gradients of a batch one record at a time.</summary>
/// <param name="record">Index of the record in the batch.</param>
/// <param name="loss">The loss of this record alone.</param>
/// <param name="gradient">Valid during the call only; may be changed (clipped) in place.</param>
/// <typeparam name="T">float or double.</typeparam>
public delegate void ExampleGradient<T>(int record, double loss, Span<T> gradient);

/// <summary>
/// The seam between engines and algorithms: a loss as a twice differentiable function of one flat parameter vector.
/// Every loss is the mean over the batch. Calls may run at the same time on different threads; one call uses one
/// thread and gives the same bits every time.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public interface IModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Layers, loss and the layout of the vector.</summary>
    ModelSpec Spec { get; }

    /// <summary>Length of theta.</summary>
    int ParameterCount { get; }

    /// <summary>The mean loss.</summary>
    double Loss(ReadOnlySpan<T> theta, Batch<T> batch);

    /// <summary>Writes the gradient by theta.</summary>
    /// <returns>The mean loss.</returns>
    double Gradient(ReadOnlySpan<T> theta, Batch<T> batch, Span<T> gradient);

    /// <summary>Writes the exact product of the Hessian at theta and <paramref name="v"/> (Pearlmutter 1994).</summary>
    void HessianVectorProduct(ReadOnlySpan<T> theta, Batch<T> batch, ReadOnlySpan<T> v, Span<T> product);

    /// <summary>Writes the raw outputs (logits, log risks) [records, outputs] of inputs [records, inputs].</summary>
    void Predict(ReadOnlySpan<T> theta, ReadOnlySpan<T> inputs, Span<T> outputs);

    /// <summary>Hands the gradient of every single record to <paramref name="sink"/>, in order.</summary>
    /// <exception cref="InvalidOperationException">The loss is no mean over records (Cox).</exception>
    void PerExampleGradients(ReadOnlySpan<T> theta, Batch<T> batch, ExampleGradient<T> sink);

    /// <summary>
    /// Writes the sum over the records of each record's gradient, scaled down to <paramref name="clipNorm"/> where it
    /// is longer, without holding all of them. The scaling is rounded in <typeparamref name="T"/>: where a proof leans
    /// on the last bit of the bound, clip and round record by record (<see cref="PerExampleGradients"/>).
    /// </summary>
    /// <param name="theta">The parameters.</param>
    /// <param name="batch">One record or more.</param>
    /// <param name="clipNorm">Above 0.</param>
    /// <param name="sum">Receives the sum.</param>
    /// <param name="norms">Receives the norm of every record's gradient before clipping.</param>
    /// <returns>The mean loss.</returns>
    /// <exception cref="InvalidOperationException">The loss is no mean over records (Cox).</exception>
    double ClippedGradientSum(
        ReadOnlySpan<T> theta, Batch<T> batch, double clipNorm, Span<T> sum, Span<double> norms) =>
        RecordClipping.Sum(this, theta, batch, clipNorm, sum, norms);
}
