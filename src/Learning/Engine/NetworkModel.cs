using System.Collections.Concurrent;
using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// A chain of layers and a loss. One pass serves all: forward over reverse, with theta's tangent empty for a gradient
/// and set to v for the Hessian times v.
/// </summary>
internal sealed class NetworkModel<T>(ModelSpec spec, ILayer<T>[] layers, ILossHead<T> head) : IModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConcurrentBag<Workspace<T>> _workspaces = [];
    private readonly int _activations = layers.Sum(layer => layer.Outputs);
    private readonly int _widest = layers.Max(layer => Math.Max(layer.Inputs, layer.Outputs));

    public ModelSpec Spec => spec;

    public int ParameterCount => spec.ParameterCount;

    public double Loss(ReadOnlySpan<T> theta, Batch<T> batch)
    {
        Check(theta, batch);
        var workspace = Rent();
        var scratch = Prepare(workspace, batch.Count, 0, withTangents: false);
        var scores = Forward(workspace, batch.Count, new(theta, default), batch.Inputs.Span, scratch);
        var loss = head.Loss(batch.Count, scores.Value, batch.Targets.Span);
        _workspaces.Add(workspace);
        return loss;
    }

    public double Gradient(ReadOnlySpan<T> theta, Batch<T> batch, Span<T> gradient)
    {
        Check(theta, batch);
        FlatVector.RequireSameLength(ParameterCount, gradient.Length);
        var workspace = Rent();
        gradient.Clear();
        var loss = ForwardAndBack(workspace, new(theta, default), batch, new(gradient, default));
        _workspaces.Add(workspace);
        return loss;
    }

    public void HessianVectorProduct(ReadOnlySpan<T> theta, Batch<T> batch, ReadOnlySpan<T> v, Span<T> product)
    {
        Check(theta, batch);
        FlatVector.RequireSameLength(ParameterCount, v.Length);
        FlatVector.RequireSameLength(ParameterCount, product.Length);
        var workspace = Rent();
        product.Clear();
        var gradient = System.Buffers.ArrayPool<T>.Shared.Rent(ParameterCount);
        gradient.AsSpan(0, ParameterCount).Clear();
        ForwardAndBack(workspace, new(theta, v), batch, new(gradient.AsSpan(0, ParameterCount), product));
        System.Buffers.ArrayPool<T>.Shared.Return(gradient);
        _workspaces.Add(workspace);
    }

    public void Predict(ReadOnlySpan<T> theta, ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        FlatVector.RequireSameLength(ParameterCount, theta.Length);
        var rows = inputs.Length / spec.Inputs;
        FlatVector.RequireSameLength(rows * spec.Inputs, inputs.Length);
        FlatVector.RequireSameLength(rows * spec.Outputs, outputs.Length);
        if (rows == 0) return;
        var workspace = Rent();
        var scratch = Prepare(workspace, rows, 0, withTangents: false);
        Forward(workspace, rows, new(theta, default), inputs, scratch).Value.CopyTo(outputs);
        _workspaces.Add(workspace);
    }

    public void PerExampleGradients(ReadOnlySpan<T> theta, Batch<T> batch, ExampleGradient<T> sink)
    {
        Check(theta, batch);
        ArgumentNullException.ThrowIfNull(sink);
        if (spec.Loss == LossKind.CoxPartialLikelihood)
            throw new InvalidOperationException(
                "the Cox loss compares patients with each other: no patient has a loss alone");
        var workspace = Rent();
        var gradient = new T[ParameterCount];
        for (var record = 0; record < batch.Count; record++)
        {
            gradient.AsSpan().Clear();
            var loss = ForwardAndBack(workspace, new(theta, default), batch.Slice(record, 1), new(gradient, default));
            sink(record, loss, gradient);
        }

        _workspaces.Add(workspace);
    }

    private double ForwardAndBack(Workspace<T> workspace, ReadOnlyDual<T> theta, Batch<T> batch, Dual<T> thetaAdjoint)
    {
        var rows = batch.Count;
        var inputs = batch.Inputs.Span;
        var scratch = Prepare(workspace, rows, 2 * _widest, withTangents: !theta.Tangent.IsEmpty);
        var scores = Forward(workspace, rows, theta, inputs, scratch);
        var loss = head.Loss(rows, scores.Value, batch.Targets.Span);

        var here = workspace.Take(rows * _widest);
        var next = workspace.Take(rows * _widest);
        head.Adjoint(rows, scores, batch.Targets.Span, here.Slice(0, scores.Value.Length));
        var parameterEnd = ParameterCount;
        var outputStart = rows * (_activations - spec.Outputs);
        var scratchEnd = scratch.Value.Length;
        for (var l = layers.Length - 1; l >= 0; l--)
        {
            var layer = layers[l];
            parameterEnd -= layer.ParameterCount;
            var inputStart = outputStart - (l > 0 ? rows * layer.Inputs : 0);
            var scratchLength = layer.ScratchLength(rows);
            scratchEnd -= scratchLength;
            layer.Adjoint(
                rows,
                theta.Slice(parameterEnd, layer.ParameterCount),
                l > 0 ? workspace.At(inputStart, rows * layer.Inputs) : new ReadOnlyDual<T>(inputs, default),
                workspace.At(outputStart, rows * layer.Outputs),
                here.Slice(0, rows * layer.Outputs),
                thetaAdjoint.Slice(parameterEnd, layer.ParameterCount),
                l > 0 ? next.Slice(0, rows * layer.Inputs) : default,
                scratch.Slice(scratchEnd, scratchLength));
            var spent = here;
            here = next;
            next = spent;
            outputStart = inputStart;
        }

        return loss;
    }

    /// <summary>Activations lie one after the other from position 0, the last being the scores.</summary>
    private ReadOnlyDual<T> Forward(
        Workspace<T> workspace, int rows, ReadOnlyDual<T> theta, ReadOnlySpan<T> inputs, Dual<T> scratch)
    {
        var input = new ReadOnlyDual<T>(inputs, default);
        var parameterStart = 0;
        var outputStart = 0;
        var scratchStart = 0;
        foreach (var layer in layers)
        {
            var output = workspace.At(outputStart, rows * layer.Outputs);
            var scratchLength = layer.ScratchLength(rows);
            layer.Forward(
                rows, theta.Slice(parameterStart, layer.ParameterCount), input, output,
                scratch.Slice(scratchStart, scratchLength));
            scratchStart += scratchLength;
            parameterStart += layer.ParameterCount;
            outputStart += rows * layer.Outputs;
            input = output;
        }

        return input;
    }

    private Dual<T> Prepare(Workspace<T> workspace, int rows, int extraPerRow, bool withTangents)
    {
        var scratch = 0;
        foreach (var layer in layers) scratch = checked(scratch + layer.ScratchLength(rows));
        workspace.Reset(checked(rows * (_activations + extraPerRow) + scratch), withTangents);
        workspace.Take(rows * _activations);
        return workspace.Take(scratch);
    }

    private Workspace<T> Rent() => _workspaces.TryTake(out var workspace) ? workspace : new Workspace<T>();

    private void Check(ReadOnlySpan<T> theta, Batch<T> batch)
    {
        FlatVector.RequireSameLength(ParameterCount, theta.Length);
        if (batch.Count == 0) throw new ArgumentException("the loss of no records is undefined");
        if (batch.InputWidth != spec.Inputs || batch.TargetWidth != spec.TargetWidth)
            throw new ArgumentException(
                $"records of {batch.InputWidth} inputs and {batch.TargetWidth} targets do not fit the model {spec}");
    }
}
