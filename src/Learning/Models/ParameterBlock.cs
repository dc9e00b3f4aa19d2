using System.Collections.Immutable;

namespace FedMeta.Learning;

/// <summary>One named tensor inside the flat parameter vector.</summary>
/// <param name="Name">For example <c>W0</c>, <c>b0</c>, <c>convW1</c>, <c>normW1</c>.</param>
/// <param name="Shape">Row-major shape, as PyTorch has it: a weight matrix is [outputs, inputs].</param>
/// <param name="Offset">Where the block starts in the vector.</param>
/// <param name="FanIn">How many inputs one output of the block's layer has.</param>
/// <param name="Start">What every number of the block starts at; null where they are drawn.</param>
public sealed record ParameterBlock(
    string Name, ImmutableArray<int> Shape, int Offset, int FanIn, double? Start = null)
{
    /// <summary>How many numbers the block holds.</summary>
    public int Length
    {
        get
        {
            var length = 1;
            foreach (var side in Shape) length = checked(length * side);
            return length;
        }
    }
}
