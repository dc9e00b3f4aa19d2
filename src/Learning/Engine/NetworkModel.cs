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
    private readonly int _widest = layers.Max(layer => layer.Outputs);
    private readonly int[] _outputStarts = StartsOf(layers.Select(layer => layer.Outputs));
    private readonly int[] _parameterStarts = StartsOf(layers.Select(layer => layer.ParameterCount));
    private readonly IClippedAdjoint<T>? _lowest = layers[0] as IClippedAdjoint<T>;
    private readonly bool _knowsNorms = layers
        .Where(layer => layer.ParameterCount > 0)
        .All(layer => layer is IRecordNorms<T> || layer == layers[0] && layer is IClippedAdjoint<T>);

    private Workspace<T>? _spare = new();

    public ModelSpec Spec => spec;

    public int ParameterCount => spec.ParameterCount;

    public double Loss(ReadOnlySpan<T> theta, Batch<T> batch)
    {
        Check(theta, batch);
        var workspace = Rent();
        var scratch = Prepare(workspace, batch.Count, 0, withTangents: false);
        var scores = Forward(workspace, batch.Count, new(theta, default), batch.Inputs.Span, scratch);
        var loss = head.Loss(batch.Count, scores.Value, batch.Targets.Span);
        Return(workspace);
        return loss;
    }

    public double Gradient(ReadOnlySpan<T> theta, Batch<T> batch, Span<T> gradient)
    {
        Check(theta, batch);
        FlatVector.RequireSameLength(ParameterCount, gradient.Length);
        var workspace = Rent();
        var loss = ForwardAndBack(workspace, new(theta, default), batch, new(gradient, default));
        Return(workspace);
        return loss;
    }

    public void HessianVectorProduct(ReadOnlySpan<T> theta, Batch<T> batch, ReadOnlySpan<T> v, Span<T> product)
    {
        Check(theta, batch);
        FlatVector.RequireSameLength(ParameterCount, v.Length);
        FlatVector.RequireSameLength(ParameterCount, product.Length);
        var workspace = Rent();
        ForwardAndBack(workspace, new(theta, v), batch, new(default, product));
        Return(workspace);
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
        Return(workspace);
    }

    public void PerExampleGradients(ReadOnlySpan<T> theta, Batch<T> batch, ExampleGradient<T> sink)
    {
        Check(theta, batch);
        ArgumentNullException.ThrowIfNull(sink);
        RecordClipping.RequireLossOfEveryRecord(spec.Loss);
        var workspace = Rent();
        var gradient = new T[ParameterCount];
        for (var record = 0; record < batch.Count; record++)
        {
            var loss = ForwardAndBack(workspace, new(theta, default), batch.Slice(record, 1), new(gradient, default));
            sink(record, loss, gradient);
        }

        Return(workspace);
    }

    public double ClippedGradientSum(
        ReadOnlySpan<T> theta, Batch<T> batch, double clipNorm, Span<T> sum, Span<double> norms)
    {
        Check(theta, batch);
        RecordClipping.RequireLossOfEveryRecord(spec.Loss);
        RecordClipping.Check(ParameterCount, batch.Count, clipNorm, sum.Length, norms.Length);
        if (!_knowsNorms) return RecordClipping.Sum(this, theta, batch, clipNorm, sum, norms);
        var rows = batch.Count;
        var inputs = batch.Inputs.Span;
        var workspace = Rent();
        var scratch = Prepare(workspace, rows, _activations, withTangents: false);
        var scores = Forward(workspace, rows, new(theta, default), inputs, scratch);
        var loss = head.Loss(rows, scores.Value, batch.Targets.Span);
        var adjoints = workspace.Take(rows * _activations);
        head.Adjoint(rows, scores, batch.Targets.Span, OutputOf(layers.Length - 1, rows, adjoints));

        // Down once for the norms, every layer's adjoint being kept, ...
        norms.Clear();
        var scratchEnd = scratch.Value.Length;
        for (var l = layers.Length - 1; l >= 0; l--)
        {
            var parameters = theta.Slice(_parameterStarts[l], layers[l].ParameterCount);
            var input = InputOf(l, rows, inputs, workspace);
            var output = OutputOf(l, rows, workspace);
            var adjoint = OutputOf(l, rows, adjoints);
            var own = ScratchOf(l, rows, scratch, ref scratchEnd);
            if (l == 0)
                _lowest?.ClippedAdjoint(
                    rows, parameters, input.Value, output.Value, adjoint.Value, clipNorm, norms,
                    sum[..layers[l].ParameterCount], own.Value);
            (layers[l] as IRecordNorms<T>)?.AddSquaredNorms(
                rows, parameters, input.Value, output.Value, adjoint.Value, norms, own.Value);
            if (l > 0)
                layers[l].Adjoint(
                    rows, new(parameters, default), input, output, adjoint, default,
                    OutputOf(l - 1, rows, adjoints), own);
        }

        // ... and once for the sum, with every record's row rescaled: all that follows is linear in it.
        scratchEnd = scratch.Value.Length;
        for (var l = layers.Length - 1; l >= 0; l--)
        {
            var own = ScratchOf(l, rows, scratch, ref scratchEnd);
            if (layers[l].ParameterCount == 0 || layers[l] == _lowest) continue;
            var adjoint = OutputOf(l, rows, adjoints);
            for (var i = 0; i < rows; i++)
                FlatVector.Scale(
                    adjoint.Value.Slice(i * layers[l].Outputs, layers[l].Outputs),
                    T.CreateTruncating(RecordClipping.Factor(rows, norms[i], clipNorm)));
            layers[l].Adjoint(
                rows, new(theta.Slice(_parameterStarts[l], layers[l].ParameterCount), default),
                InputOf(l, rows, inputs, workspace), OutputOf(l, rows, workspace), adjoint,
                new(sum.Slice(_parameterStarts[l], layers[l].ParameterCount), default), default, own);
        }

        foreach (ref var norm in norms) norm = rows * Math.Sqrt(norm); // until here of squares of parts of a mean
        Return(workspace);
        return loss;
    }

    /// <returns>The mean loss; NaN for a Hessian-vector product, where nobody asks.</returns>
    private double ForwardAndBack(Workspace<T> workspace, ReadOnlyDual<T> theta, Batch<T> batch, Dual<T> thetaAdjoint)
    {
        var rows = batch.Count;
        var inputs = batch.Inputs.Span;
        var targets = batch.Targets.Span;
        var scratch = Prepare(workspace, rows, 2 * _widest, withTangents: !theta.Tangent.IsEmpty);
        var scores = Forward(workspace, rows, theta, inputs, scratch);
        var loss = theta.Tangent.IsEmpty ? head.Loss(rows, scores.Value, targets) : double.NaN;

        var here = workspace.Take(rows * _widest);
        var next = workspace.Take(rows * _widest);
        head.Adjoint(rows, scores, targets, here.Slice(0, scores.Value.Length));
        var scratchEnd = scratch.Value.Length;
        for (var l = layers.Length - 1; l >= 0; l--)
        {
            layers[l].Adjoint(
                rows,
                theta.Slice(_parameterStarts[l], layers[l].ParameterCount),
                InputOf(l, rows, inputs, workspace),
                OutputOf(l, rows, workspace),
                here.Slice(0, rows * layers[l].Outputs),
                thetaAdjoint.Slice(_parameterStarts[l], layers[l].ParameterCount),
                l > 0 ? next.Slice(0, rows * layers[l].Inputs) : default,
                ScratchOf(l, rows, scratch, ref scratchEnd));
            var spent = here;
            here = next;
            next = spent;
        }

        return loss;
    }

    private ReadOnlyDual<T> Forward(
        Workspace<T> workspace, int rows, ReadOnlyDual<T> theta, ReadOnlySpan<T> inputs, Dual<T> scratch)
    {
        var scratchStart = 0;
        for (var l = 0; l < layers.Length; l++)
        {
            var scratchLength = layers[l].ScratchLength(rows);
            layers[l].Forward(
                rows, theta.Slice(_parameterStarts[l], layers[l].ParameterCount), InputOf(l, rows, inputs, workspace),
                OutputOf(l, rows, workspace), scratch.Slice(scratchStart, scratchLength));
            scratchStart += scratchLength;
        }

        return OutputOf(layers.Length - 1, rows, workspace);
    }

    private ReadOnlyDual<T> InputOf(int l, int rows, ReadOnlySpan<T> inputs, Workspace<T> workspace) =>
        l == 0 ? new ReadOnlyDual<T>(inputs, default) : OutputOf(l - 1, rows, workspace);

    /// <summary>Activations lie one after the other from position 0, the last being the scores.</summary>
    private Dual<T> OutputOf(int l, int rows, Workspace<T> workspace) =>
        workspace.At(rows * _outputStarts[l], rows * layers[l].Outputs);

    private Dual<T> OutputOf(int l, int rows, Dual<T> activations) =>
        activations.Slice(rows * _outputStarts[l], rows * layers[l].Outputs);

    private Dual<T> ScratchOf(int l, int rows, Dual<T> scratch, scoped ref int end)
    {
        var length = layers[l].ScratchLength(rows);
        end -= length;
        return scratch.Slice(end, length);
    }

    private static int[] StartsOf(IEnumerable<int> lengths)
    {
        var starts = new List<int>();
        var end = 0;
        foreach (var length in lengths)
        {
            starts.Add(end);
            end += length;
        }

        return [.. starts];
    }

    /// <returns>Scratch for all layers, one after the other.</returns>
    private Dual<T> Prepare(Workspace<T> workspace, int rows, int extraPerRow, bool withTangents)
    {
        var scratch = 0;
        foreach (var layer in layers) scratch = checked(scratch + layer.ScratchLength(rows));
        workspace.Reset(checked(rows * (_activations + extraPerRow) + scratch), withTangents);
        workspace.Take(rows * _activations);
        return workspace.Take(scratch);
    }

    // One workspace changes hands without a queue; more exist only where calls overlap.
    private Workspace<T> Rent() =>
        Interlocked.Exchange(ref _spare, null)
        ?? (_workspaces.TryTake(out var workspace) ? workspace : new Workspace<T>());

    private void Return(Workspace<T> workspace)
    {
        if (Interlocked.CompareExchange(ref _spare, workspace, null) is not null) _workspaces.Add(workspace);
    }

    private void Check(ReadOnlySpan<T> theta, Batch<T> batch)
    {
        FlatVector.RequireSameLength(ParameterCount, theta.Length);
        if (batch.Count == 0) throw new ArgumentException("the loss of no records is undefined");
        if (batch.InputWidth != spec.Inputs || batch.TargetWidth != spec.TargetWidth)
            throw new ArgumentException(
                $"records of {batch.InputWidth} inputs and {batch.TargetWidth} targets do not fit the model {spec}");
    }
}
