using System.Numerics;

namespace FedMeta.Learning;

/// <summary>max(0, x). Its derivative at 0 is 0, as in PyTorch.</summary>
internal sealed class ReluLayer<T>(int width) : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Inputs => width;

    public int Outputs => width;

    public int ParameterCount => 0;

    public int ScratchLength(int rows) => 0;

    public void Forward(int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, Dual<T> output, Dual<T> scratch) =>
        DualOperations.PassWherePositive(input.Value, input, output);

    public void Adjoint(
        int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, ReadOnlyDual<T> output,
        ReadOnlyDual<T> outputAdjoint, Dual<T> parameterAdjoint, Dual<T> inputAdjoint, Dual<T> scratch) =>
        DualOperations.PassWherePositive(input.Value, outputAdjoint, inputAdjoint);
}
