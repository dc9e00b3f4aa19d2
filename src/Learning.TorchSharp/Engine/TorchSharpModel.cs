using System.Numerics;
using static TorchSharp.torch;

namespace FedMeta.Learning.Torch;

/// <summary>
/// A loss as a graph over one flat leaf. Everything is made and freed inside each call, on the calling thread: scopes
/// belong to threads. The products with the Hessian are exact: the gradient is differentiated once more.
/// </summary>
internal sealed class TorchSharpModel<T>(ModelSpec spec, Device device) : IModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Transfer _transfer = new(device);

    public ModelSpec Spec => spec;

    public int ParameterCount => spec.ParameterCount;

    public double Loss(ReadOnlySpan<T> theta, Batch<T> batch)
    {
        Check(theta, batch);
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        return _transfer.Number<T>(LossOf(_transfer.Upload(theta), batch));
    }

    public double Gradient(ReadOnlySpan<T> theta, Batch<T> batch, Span<T> gradient)
    {
        Check(theta, batch);
        FlatVector.RequireSameLength(ParameterCount, gradient.Length);
        using var scope = NewDisposeScope();
        var leaf = _transfer.Leaf(theta);
        var loss = LossOf(leaf, batch);
        autograd.backward([loss], null, retain_graph: false, create_graph: false, [leaf]);
        _transfer.Download(GradientOf.Tensor(leaf.grad), gradient);
        return _transfer.Number<T>(loss);
    }

    /// <summary>
    /// The gradient goes by a copy of theta, as a graph; its product with v goes back through the copy to theta itself.
    /// So both passes are backward, which reports what goes wrong; autograd.grad would end the process, and a gradient
    /// graph kept at the leaf would hold itself in memory.
    /// </summary>
    public void HessianVectorProduct(ReadOnlySpan<T> theta, Batch<T> batch, ReadOnlySpan<T> v, Span<T> product)
    {
        Check(theta, batch);
        FlatVector.RequireSameLength(ParameterCount, v.Length);
        FlatVector.RequireSameLength(ParameterCount, product.Length);
        using var scope = NewDisposeScope();
        var leaf = _transfer.Leaf(theta);
        var copy = leaf.clone();
        autograd.backward([LossOf(copy, batch)], null, retain_graph: true, create_graph: true, [copy]);
        var along = GradientOf.Tensor(copy.grad).mul(_transfer.Upload(v)).sum();
        autograd.backward([along], null, retain_graph: false, create_graph: false, [leaf]);
        _transfer.Download(GradientOf.Tensor(leaf.grad), product);
    }

    public void Predict(ReadOnlySpan<T> theta, ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        FlatVector.RequireSameLength(ParameterCount, theta.Length);
        var rows = inputs.Length / spec.Inputs;
        FlatVector.RequireSameLength(rows * spec.Inputs, inputs.Length);
        FlatVector.RequireSameLength(rows * spec.Outputs, outputs.Length);
        if (rows == 0) return;
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var here = _transfer.Upload(theta);
        var embedded = TorchNetwork.Embedded(spec, here, _transfer.Upload(inputs), rows);
        _transfer.Download(TorchNetwork.Head(spec, here, embedded), outputs);
    }

    public void PerExampleGradients(ReadOnlySpan<T> theta, Batch<T> batch, ExampleGradient<T> sink)
    {
        Check(theta, batch);
        ArgumentNullException.ThrowIfNull(sink);
        RecordClipping.RequireLossOfEveryRecord(spec.Loss);
        var gradient = new T[ParameterCount];
        for (var record = 0; record < batch.Count; record++)
            sink(record, Gradient(theta, batch.Slice(record, 1), gradient), gradient);
    }

    private Tensor LossOf(Tensor theta, Batch<T> batch) => TorchLoss.Of(spec, _transfer, theta, batch);

    private void Check(ReadOnlySpan<T> theta, Batch<T> batch)
    {
        FlatVector.RequireSameLength(ParameterCount, theta.Length);
        if (batch.Count == 0) throw new ArgumentException("the loss of no records is undefined");
        if (batch.InputWidth != spec.Inputs || batch.TargetWidth != spec.TargetWidth)
            throw new ArgumentException(
                $"records of {batch.InputWidth} inputs and {batch.TargetWidth} targets do not fit the model {spec}");
    }
}
