using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// A conditional neural process (Garnelo et al. 2018): r is the mean of the encoder's outputs over the context, and the
/// loss the mean over the queries of the decoder's, given their inputs and r. Since r is the same for all queries it is
/// a part of the decoder's first bias, b + W_r r, so that both halves are ordinary networks; the chain rule joins them
/// here. Without a context r is zero.
/// </summary>
/// <param name="spec">Of kind cnp.</param>
/// <param name="encoder">Under <see cref="LinearHead{T}"/>.</param>
/// <param name="folded">The decoder of the inputs alone.</param>
internal sealed class NeuralProcessModel<T>(ModelSpec spec, IModel<T> encoder, IModel<T> folded) : IModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NeuralProcessFold<T> _fold = new(new NeuralProcessShape(spec));

    public ModelSpec Spec => spec;

    public int ParameterCount => spec.ParameterCount;

    public double Loss(ReadOnlySpan<T> theta, Batch<T> batch)
    {
        var (context, queries) = Split(theta, batch);
        return folded.Loss(_fold.Fold(theta, Summary(theta, context)), queries);
    }

    public double Gradient(ReadOnlySpan<T> theta, Batch<T> batch, Span<T> gradient)
    {
        FlatVector.RequireSameLength(ParameterCount, gradient.Length);
        var (context, queries) = Split(theta, batch);
        var summary = Summary(theta, context);
        var inner = new T[folded.ParameterCount];
        var loss = folded.Gradient(_fold.Fold(theta, summary), queries, inner);
        gradient.Clear();
        _fold.AddUnfolded(inner, summary, gradient);
        AddEncoder(theta, context, _fold.BySummary(theta, inner), gradient);
        return loss;
    }

    public void HessianVectorProduct(ReadOnlySpan<T> theta, Batch<T> batch, ReadOnlySpan<T> v, Span<T> product)
    {
        FlatVector.RequireSameLength(ParameterCount, v.Length);
        FlatVector.RequireSameLength(ParameterCount, product.Length);
        var (context, queries) = Split(theta, batch);
        var (summary, change) = (Summary(theta, context), SummaryChange(theta, context, v));
        var here = _fold.Fold(theta, summary);
        var (inner, innerChange) = (new T[here.Length], new T[here.Length]);
        folded.Gradient(here, queries, inner);
        folded.HessianVectorProduct(here, queries, _fold.FoldChange(theta, v, summary, change), innerChange);

        // The tangent of every line of Gradient.
        product.Clear();
        _fold.AddUnfolded(innerChange, summary, product);
        _fold.AddUnfoldedSummary(inner, change, product);
        var adjoint = _fold.BySummary(theta, inner);
        var adjointChange = _fold.BySummary(theta, innerChange);
        FlatVector.AddScaled(adjointChange, T.One, _fold.BySummary(v, inner));
        AddEncoder(theta, context, adjointChange, product);
        if (context.Count == 0) return;
        var curved = new T[encoder.ParameterCount];
        encoder.HessianVectorProduct(
            theta[..encoder.ParameterCount], Towards(context, adjoint), v[..encoder.ParameterCount], curved);
        FlatVector.AddScaled(product[..encoder.ParameterCount], T.One, curved);
    }

    public void Predict(ReadOnlySpan<T> theta, ReadOnlySpan<T> inputs, Span<T> outputs)
    {
        FlatVector.RequireSameLength(ParameterCount, theta.Length);
        folded.Predict(_fold.Fold(theta, new T[_fold.Shape.Summary]), inputs, outputs);
    }

    public void PerExampleGradients(ReadOnlySpan<T> theta, Batch<T> batch, ExampleGradient<T> sink) =>
        throw new InvalidOperationException(
            "the loss of an episode depends on all records of its context: no record has a loss alone");

    private (Batch<T> Context, Batch<T> Queries) Split(ReadOnlySpan<T> theta, Batch<T> batch)
    {
        FlatVector.RequireSameLength(ParameterCount, theta.Length);
        if (batch.Count == 0 || batch.InputWidth != spec.Inputs || batch.TargetWidth != spec.TargetWidth)
            throw new ArgumentException(
                $"{batch.Count} records of {batch.InputWidth} inputs and {batch.TargetWidth} targets are no episode of "
                + $"the model {spec}");
        var width = spec.TargetWidth;
        var targets = batch.Targets.ToArray();
        int[] queries = [.. Enumerable.Range(0, batch.Count).Where(i => targets[((i + 1) * width) - 1] != T.Zero)];
        int[] context = [.. Enumerable.Range(0, batch.Count).Except(queries)];
        if (queries.Length == 0) throw new ArgumentException("an episode without a query has no loss");
        return (WithoutFlag(batch.Select(context)), WithoutFlag(batch.Select(queries)));
    }

    private Batch<T> WithoutFlag(Batch<T> batch)
    {
        var labels = new T[batch.Count * spec.LabelWidth];
        for (var i = 0; i < batch.Count; i++)
            batch.Targets.Span.Slice(i * spec.TargetWidth, spec.LabelWidth).CopyTo(labels.AsSpan(i * spec.LabelWidth));
        return new Batch<T>(batch.Inputs, labels, batch.Count);
    }

    private T[] Summary(ReadOnlySpan<T> theta, Batch<T> context) =>
        _fold.Summary(encoder, theta[..encoder.ParameterCount], context);

    /// <summary>The tangent of r along v: what the encoder's outputs change by, each coordinate the slope of one linear
    /// loss.</summary>
    private T[] SummaryChange(ReadOnlySpan<T> theta, Batch<T> context, ReadOnlySpan<T> v)
    {
        var change = new T[_fold.Shape.Summary];
        if (context.Count == 0) return change;
        var (unit, slope) = (new T[change.Length], new T[encoder.ParameterCount]);
        for (var k = 0; k < change.Length; k++)
        {
            unit.AsSpan().Clear();
            unit[k] = T.One;
            encoder.Gradient(theta[..encoder.ParameterCount], Towards(context, unit), slope);
            change[k] = T.CreateTruncating(FlatVector.Dot<T>(slope, v[..encoder.ParameterCount]));
        }

        return change;
    }

    private void AddEncoder(ReadOnlySpan<T> theta, Batch<T> context, T[] adjoint, Span<T> gradient)
    {
        if (context.Count == 0) return;
        var part = new T[encoder.ParameterCount];
        encoder.Gradient(theta[..encoder.ParameterCount], Towards(context, adjoint), part);
        FlatVector.AddScaled(gradient[..encoder.ParameterCount], T.One, part);
    }

    private Batch<T> Towards(Batch<T> context, T[] direction)
    {
        var targets = new T[context.Count * direction.Length];
        for (var i = 0; i < context.Count; i++) direction.CopyTo(targets.AsSpan(i * direction.Length));
        return new Batch<T>(_fold.EncoderInputs(context), targets, context.Count);
    }
}
