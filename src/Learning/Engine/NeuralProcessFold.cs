using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// The algebra between the vector of a cnp model and the decoder in which r has gone into the first bias:
/// W' = W_x, b' = b + W_r r, all else the same, W = [W_x W_r] being the decoder's first weights.
/// </summary>
internal sealed class NeuralProcessFold<T>(NeuralProcessShape shape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _inputs = shape.Spec.Inputs;
    private readonly int _summary = shape.Summary;
    private readonly int _rows = shape.FirstWidth;
    private readonly int _decoder = shape.Encoder.ParameterCount;

    public NeuralProcessShape Shape => shape;

    private int Width => _inputs + _summary;

    private int FoldedBias => _rows * _inputs;

    /// <summary>The mean of the encoder's outputs over a context of ordinary labels, in the order of the records; zero
    /// for none.</summary>
    public T[] Summary(IModel<T> encoder, ReadOnlySpan<T> encoderTheta, Batch<T> context)
    {
        var mean = new double[_summary];
        var outputs = new T[context.Count * _summary];
        if (context.Count > 0) encoder.Predict(encoderTheta, EncoderInputs(context), outputs);
        for (var i = 0; i < outputs.Length; i++)
            mean[i % _summary] += double.CreateTruncating(outputs[i]) / context.Count;
        return [.. mean.Select(T.CreateTruncating)];
    }

    /// <summary>[records, inputs and label]; a class index is one number per class, a 1 among zeros.</summary>
    public T[] EncoderInputs(Batch<T> context)
    {
        var width = _inputs + shape.LabelCode;
        var rows = new T[context.Count * width];
        var inputs = context.Inputs.Span;
        var labels = context.Targets.Span;
        for (var i = 0; i < context.Count; i++)
        {
            inputs.Slice(i * _inputs, _inputs).CopyTo(rows.AsSpan(i * width));
            var code = rows.AsSpan((i * width) + _inputs, shape.LabelCode);
            if (shape.Spec.Loss != LossKind.SoftmaxCrossEntropy)
            {
                labels.Slice(i * shape.LabelCode, shape.LabelCode).CopyTo(code);
                continue;
            }

            var index = int.CreateSaturating(labels[i]);
            if (index < 0 || index >= shape.LabelCode || T.CreateTruncating(index) != labels[i])
                throw new ArgumentException($"target {labels[i]} is no class index below {shape.LabelCode}");
            code[index] = T.One;
        }

        return rows;
    }

    /// <summary>The decoder of the inputs alone.</summary>
    public T[] Fold(ReadOnlySpan<T> theta, ReadOnlySpan<T> summary)
    {
        var folded = FoldLinear(theta);
        AddBySummary(theta, summary, folded.AsSpan(FoldedBias, _rows));
        return folded;
    }

    /// <summary>The tangent of <see cref="Fold"/> along v, where r changes by <paramref name="change"/>.</summary>
    public T[] FoldChange(
        ReadOnlySpan<T> theta, ReadOnlySpan<T> v, ReadOnlySpan<T> summary, ReadOnlySpan<T> change)
    {
        var folded = FoldLinear(v);
        AddBySummary(v, summary, folded.AsSpan(FoldedBias, _rows));
        AddBySummary(theta, change, folded.AsSpan(FoldedBias, _rows));
        return folded;
    }

    /// <summary>gradient += the gradient by the decoder's own parameters, from that of the folded ones.</summary>
    public void AddUnfolded(ReadOnlySpan<T> inner, ReadOnlySpan<T> summary, Span<T> gradient)
    {
        for (var row = 0; row < _rows; row++)
        {
            for (var i = 0; i < _inputs; i++)
                gradient[_decoder + (row * Width) + i] += inner[(row * _inputs) + i];
        }

        FlatVector.AddScaled(gradient[(_decoder + (_rows * Width))..], T.One, inner[FoldedBias..]);
        AddUnfoldedSummary(inner, summary, gradient);
    }

    /// <summary>The part of <see cref="AddUnfolded"/> that W_r takes: the bias's adjoint times r.</summary>
    public void AddUnfoldedSummary(ReadOnlySpan<T> inner, ReadOnlySpan<T> summary, Span<T> gradient)
    {
        for (var row = 0; row < _rows; row++)
        {
            for (var k = 0; k < _summary; k++)
                gradient[_decoder + (row * Width) + _inputs + k] += inner[FoldedBias + row] * summary[k];
        }
    }

    /// <summary>W_r transposed times the folded bias's adjoint: the gradient by r.</summary>
    public T[] BySummary(ReadOnlySpan<T> theta, ReadOnlySpan<T> inner)
    {
        var adjoint = new T[_summary];
        for (var row = 0; row < _rows; row++)
        {
            for (var k = 0; k < _summary; k++)
                adjoint[k] += theta[_decoder + (row * Width) + _inputs + k] * inner[FoldedBias + row];
        }

        return adjoint;
    }

    private T[] FoldLinear(ReadOnlySpan<T> theta)
    {
        var folded = new T[shape.Folded.ParameterCount];
        for (var row = 0; row < _rows; row++)
            theta.Slice(_decoder + (row * Width), _inputs).CopyTo(folded.AsSpan(row * _inputs));
        theta[(_decoder + (_rows * Width))..].CopyTo(folded.AsSpan(FoldedBias));
        return folded;
    }

    private void AddBySummary(ReadOnlySpan<T> theta, ReadOnlySpan<T> summary, Span<T> bias)
    {
        for (var row = 0; row < _rows; row++)
        {
            for (var k = 0; k < _summary; k++)
                bias[row] += theta[_decoder + (row * Width) + _inputs + k] * summary[k];
        }
    }
}
