using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// The largest of every 2x2 window, stride 2; an odd last row or column is dropped, as in PyTorch. The winner is
/// decided by the value alone (the first where several are equal), for the tangent as well.
/// </summary>
internal sealed class MaxPoolLayer<T>(int channels, int side) : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _half = side / 2;

    public int Inputs => channels * side * side;

    public int Outputs => channels * _half * _half;

    public int ParameterCount => 0;

    public int ScratchLength(int rows) => 0;

    public void Forward(int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, Dual<T> output, Dual<T> scratch)
    {
        for (var i = 0; i < output.Value.Length; i++)
        {
            var winner = Winner(input.Value, i);
            output.Value[i] = input.Value[winner];
            if (!output.Tangent.IsEmpty) output.Tangent[i] = input.Tangent[winner];
        }
    }

    public void Adjoint(
        int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, ReadOnlyDual<T> output,
        ReadOnlyDual<T> outputAdjoint, Dual<T> parameterAdjoint, Dual<T> inputAdjoint, Dual<T> scratch)
    {
        inputAdjoint.Value.Clear();
        inputAdjoint.Tangent.Clear();
        for (var i = 0; i < outputAdjoint.Value.Length; i++)
        {
            var winner = Winner(input.Value, i);
            inputAdjoint.Value[winner] = outputAdjoint.Value[i];
            if (!inputAdjoint.Tangent.IsEmpty) inputAdjoint.Tangent[winner] = outputAdjoint.Tangent[i];
        }
    }

    private int Winner(ReadOnlySpan<T> input, int outputIndex)
    {
        var x = outputIndex % _half;
        var y = outputIndex / _half % _half;
        var plane = outputIndex / (_half * _half);
        var first = plane * side * side + 2 * y * side + 2 * x;
        var winner = first;
        if (input[first + 1] > input[winner]) winner = first + 1;
        if (input[first + side] > input[winner]) winner = first + side;
        if (input[first + side + 1] > input[winner]) winner = first + side + 1;
        return winner;
    }
}
