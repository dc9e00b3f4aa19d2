using System.Numerics;

namespace FedMeta.Learning;

/// <summary>output = input Wᵀ + b; parameters are W [outputs, inputs] row-major, then b.</summary>
internal sealed class DenseLayer<T>(int inputs, int outputs) : ILayer<T>, IRecordNorms<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Inputs => inputs;

    public int Outputs => outputs;

    public int ParameterCount => (inputs + 1) * outputs;

    public int ScratchLength(int rows) => 0;

    public void Forward(int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, Dual<T> output, Dual<T> scratch)
    {
        DualOperations.CopyToRows(rows, parameters.Slice(inputs * outputs, outputs), output);
        var weights = parameters.Slice(0, inputs * outputs);
        DualOperations.Product(
            rows, inputs, outputs, input, inputs, 1, weights, 1, inputs, output, fromZero: false);
    }

    public void Adjoint(
        int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, ReadOnlyDual<T> output,
        ReadOnlyDual<T> outputAdjoint, Dual<T> parameterAdjoint, Dual<T> inputAdjoint, Dual<T> scratch)
    {
        var weightAdjoint = parameterAdjoint.Slice(0, inputs * outputs);
        DualOperations.Product(
            outputs, rows, inputs, outputAdjoint, 1, outputs, input, inputs, 1, weightAdjoint, fromZero: true);
        DualOperations.SumRows(rows, outputAdjoint, parameterAdjoint.Slice(inputs * outputs, outputs));
        if (inputAdjoint.Value.IsEmpty) return;
        var weights = parameters.Slice(0, inputs * outputs);
        DualOperations.Product(
            rows, outputs, inputs, outputAdjoint, outputs, 1, weights, inputs, 1, inputAdjoint, fromZero: true);
    }

    /// <summary>The gradient of one record is an outer product, its norm the product of two (Goodfellow 2015,
    /// arXiv:1510.01799).</summary>
    public void AddSquaredNorms(
        int rows, ReadOnlySpan<T> parameters, ReadOnlySpan<T> input, ReadOnlySpan<T> output,
        ReadOnlySpan<T> outputAdjoint, Span<double> squares, Span<T> scratch)
    {
        for (var i = 0; i < rows; i++)
        {
            var x = input.Slice(i * inputs, inputs);
            var adjoint = outputAdjoint.Slice(i * outputs, outputs);
            squares[i] += (FlatVector.Dot(x, x) + 1) * FlatVector.Dot(adjoint, adjoint);
        }
    }
}
