using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// One layer: forward and adjoint, each written once over duals. The adjoint sees the layer's input and output again,
/// and the scratch as the forward pass left it.
/// </summary>
internal interface ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers per record that come in.</summary>
    int Inputs { get; }

    /// <summary>Numbers per record that go out.</summary>
    int Outputs { get; }

    /// <summary>How many elements of theta are this layer's.</summary>
    int ParameterCount { get; }

    /// <summary>Elements of scratch for a batch of <paramref name="rows"/>.</summary>
    int ScratchLength(int rows);

    /// <summary>output = f(parameters, input).</summary>
    void Forward(int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, Dual<T> output, Dual<T> scratch);

    /// <summary>
    /// Writes both adjoints, whatever they held, as far as they are not empty: the value of
    /// <paramref name="parameterAdjoint"/> is where only its tangent is wanted, all of it where only the other adjoint
    /// is, <paramref name="inputAdjoint"/> where nothing below has parameters.
    /// </summary>
    void Adjoint(
        int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, ReadOnlyDual<T> output,
        ReadOnlyDual<T> outputAdjoint, Dual<T> parameterAdjoint, Dual<T> inputAdjoint, Dual<T> scratch);
}
