using System.Numerics;

namespace FedMeta.Learning;

/// <summary>tanh(x); the adjoint needs only the output y, since the slope is 1 - y².</summary>
internal sealed class TanhLayer<T>(int width) : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Inputs => width;

    public int Outputs => width;

    public int ParameterCount => 0;

    public int ScratchLength(int rows) => 0;

    public void Forward(int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, Dual<T> output, Dual<T> scratch) =>
        DualOperations.Tanh(input, output);

    public void Adjoint(
        int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, ReadOnlyDual<T> output,
        ReadOnlyDual<T> outputAdjoint, Dual<T> parameterAdjoint, Dual<T> inputAdjoint, Dual<T> scratch) =>
        DualOperations.TanhAdjoint(output, outputAdjoint, inputAdjoint);
}
