using System.Numerics;

namespace FedMeta.Learning;

/// <summary>output = input Wᵀ + b; parameters are W [outputs, inputs] row-major, then b.</summary>
internal sealed class DenseLayer<T>(int inputs, int outputs) : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Inputs => inputs;

    public int Outputs => outputs;

    public int ParameterCount => (inputs + 1) * outputs;

    public int ScratchLength(int rows) => inputs * outputs;

    public void Forward(int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, Dual<T> output, Dual<T> scratch)
    {
        var weights = parameters.Slice(0, inputs * outputs);
        var transposed = scratch.Slice(0, inputs * outputs);
        DualOperations.Transpose(outputs, inputs, weights, transposed);
        DualOperations.CopyToRows(rows, parameters.Slice(inputs * outputs, outputs), output);
        DualOperations.AddProduct(rows, inputs, outputs, input, inputs, 1, transposed, output);
    }

    public void Adjoint(
        int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, ReadOnlyDual<T> output,
        ReadOnlyDual<T> outputAdjoint, Dual<T> parameterAdjoint, Dual<T> inputAdjoint, Dual<T> scratch)
    {
        var weightAdjoint = parameterAdjoint.Slice(0, inputs * outputs);
        DualOperations.AddProduct(outputs, rows, inputs, outputAdjoint, 1, outputs, input, weightAdjoint);
        DualOperations.AddRows(rows, outputAdjoint, parameterAdjoint.Slice(inputs * outputs, outputs));
        if (inputAdjoint.Value.IsEmpty) return;
        inputAdjoint.Value.Clear();
        inputAdjoint.Tangent.Clear();
        var weights = parameters.Slice(0, inputs * outputs);
        DualOperations.AddProduct(rows, outputs, inputs, outputAdjoint, outputs, 1, weights, inputAdjoint);
    }
}
