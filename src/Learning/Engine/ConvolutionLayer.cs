using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// A 3x3 cross-correlation with padding 1 and stride 1, as PyTorch's conv2d; images are [channels, side, side],
/// parameters W [out, in, 3, 3] row-major, then b. Each image becomes a matrix of patches [in * 9, side * side], so
/// that forward and both adjoints are matrix products.
/// </summary>
internal sealed class ConvolutionLayer<T>(int channelsIn, int channelsOut, int side) : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _patch = channelsIn * 9;
    private readonly int _pixels = side * side;

    public int Inputs => channelsIn * _pixels;

    public int Outputs => channelsOut * _pixels;

    public int ParameterCount => (_patch + 1) * channelsOut;

    public int ScratchLength(int rows) => 2 * _patch * _pixels;

    public void Forward(int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, Dual<T> output, Dual<T> scratch)
    {
        var weights = parameters.Slice(0, _patch * channelsOut);
        var bias = parameters.Slice(_patch * channelsOut, channelsOut);
        var patches = scratch.Slice(0, _patch * _pixels);
        for (var i = 0; i < rows; i++)
        {
            var image = output.Slice(i * Outputs, Outputs);
            DualOperations.CopyToColumns(_pixels, bias, image);
            Gather(input.Slice(i * Inputs, Inputs), patches);
            DualOperations.AddProduct(channelsOut, _patch, _pixels, weights, _patch, 1, patches, image);
        }
    }

    public void Adjoint(
        int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, ReadOnlyDual<T> output,
        ReadOnlyDual<T> outputAdjoint, Dual<T> parameterAdjoint, Dual<T> inputAdjoint, Dual<T> scratch)
    {
        var weights = parameters.Slice(0, _patch * channelsOut);
        var weightAdjoint = parameterAdjoint.Slice(0, _patch * channelsOut);
        var biasAdjoint = parameterAdjoint.Slice(_patch * channelsOut, channelsOut);
        var patches = scratch.Slice(0, _patch * _pixels);
        var turned = scratch.Slice(_patch * _pixels, _patch * _pixels);
        for (var i = 0; i < rows; i++)
        {
            var imageAdjoint = outputAdjoint.Slice(i * Outputs, Outputs);
            DualOperations.AddColumns(_pixels, imageAdjoint, biasAdjoint);
            Gather(input.Slice(i * Inputs, Inputs), patches);
            DualOperations.Transpose(_patch, _pixels, patches, turned);
            DualOperations.AddProduct(channelsOut, _pixels, _patch, imageAdjoint, _pixels, 1, turned, weightAdjoint);
            if (inputAdjoint.Value.IsEmpty) continue;
            patches.Value.Clear();
            patches.Tangent.Clear();
            DualOperations.AddProduct(_patch, channelsOut, _pixels, weights, 1, _patch, imageAdjoint, patches);
            Scatter(patches, inputAdjoint.Slice(i * Inputs, Inputs));
        }
    }

    private void Gather(ReadOnlyDual<T> image, Dual<T> patches)
    {
        Gather(image.Value, patches.Value);
        if (!image.Tangent.IsEmpty) Gather(image.Tangent, patches.Tangent);
        else patches.Tangent.Clear();
    }

    private void Scatter(ReadOnlyDual<T> patches, Dual<T> image)
    {
        Scatter(patches.Value, image.Value);
        if (!patches.Tangent.IsEmpty) Scatter(patches.Tangent, image.Tangent);
    }

    private void Gather(ReadOnlySpan<T> image, Span<T> patches)
    {
        for (var p = 0; p < _patch; p++)
        {
            var (channel, dy, dx) = (p / 9, p / 3 % 3 - 1, p % 3 - 1);
            for (var y = 0; y < side; y++)
                for (var x = 0; x < side; x++)
                {
                    var inside = (uint)(y + dy) < (uint)side && (uint)(x + dx) < (uint)side;
                    patches[p * _pixels + y * side + x] =
                        inside ? image[channel * _pixels + (y + dy) * side + x + dx] : T.Zero;
                }
        }
    }

    private void Scatter(ReadOnlySpan<T> patches, Span<T> image)
    {
        image.Clear();
        for (var p = 0; p < _patch; p++)
        {
            var (channel, dy, dx) = (p / 9, p / 3 % 3 - 1, p % 3 - 1);
            for (var y = Math.Max(0, -dy); y < Math.Min(side, side - dy); y++)
                for (var x = Math.Max(0, -dx); x < Math.Min(side, side - dx); x++)
                    image[channel * _pixels + (y + dy) * side + x + dx] += patches[p * _pixels + y * side + x];
        }
    }
}
