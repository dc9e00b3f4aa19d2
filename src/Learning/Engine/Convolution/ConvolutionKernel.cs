using System.Numerics;
using System.Runtime.Intrinsics;

namespace FedMeta.Learning;

/// <summary>
/// A 3x3 cross-correlation with padding 1 and stride 1, as PyTorch's conv2d, of one image at a time. Images are [pixels
/// + 1, channels] with the channels filled up with zeros to whole vectors and a pixel of zeros at the end. Parameters
/// are W [out, in, 3, 3] row-major, then b; packed they are W [taps, in, out] ([in,
/// taps, out] where the input is patches), b, and for the adjoint by the input W
/// [opposite taps, out, in].
/// </summary>
/// <param name="channelsIn">Channels of the input.</param>
/// <param name="channelsOut">Channels of the output.</param>
/// <param name="side">Of input and output.</param>
/// <param name="first">The input is the net's own: patches, and no adjoint by it is wanted.</param>
internal sealed class ConvolutionKernel<T>(int channelsIn, int channelsOut, int side, bool first)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _pixels = side * side;
    private readonly int _taps = first ? 1 : 9;
    private readonly int _underTap = first ? 9 * channelsIn : channelsIn;
    private readonly int _widthIn = WidthOf(channelsIn);
    private readonly int _width = WidthOf(channelsOut);
    private readonly int[] _sources = first
        ? TapSources.Selves(side * side, 9 * channelsIn)
        : TapSources.Neighbours(side, WidthOf(channelsIn));

    private readonly int[] _adjointSources = first ? [] : TapSources.Neighbours(side, WidthOf(channelsOut));

    private readonly T[] _zeros = new T[WidthOf(channelsIn)];

    public int ParameterCount => ((9 * channelsIn) + 1) * channelsOut;

    /// <summary>Of W [taps, in, out] and b, of which there is an adjoint.</summary>
    public int PackedLength => checked(((9 * channelsIn) + 1) * _width);

    /// <summary>Of W [opposite taps, out, in].</summary>
    public int TurnedLength => first ? 0 : checked(9 * channelsOut * _widthIn);

    /// <summary>Channels, filled up to whole vectors of the widest kind.</summary>
    public static int WidthOf(int channels) => (channels + Vector512<T>.Count - 1) / Vector512<T>.Count
        * Vector512<T>.Count;

    /// <param name="parameters">As PyTorch has them.</param>
    /// <param name="packed">Receives W and b.</param>
    /// <param name="turned">Receives the other W.</param>
    /// <param name="scratch">Of <see cref="PackedLength"/>.</param>
    public void Pack(ReadOnlySpan<T> parameters, Span<T> packed, Span<T> turned, Span<T> scratch)
    {
        var rows = 9 * channelsIn;
        packed.Clear();
        scratch[..(rows * _width)].Clear();
        Transposition.Copy(channelsOut, rows, parameters, rows, scratch, _width);
        for (var row = 0; row < rows; row++)
            scratch.Slice(row * _width, _width).CopyTo(packed[(PackedRow(row) * _width)..]);
        parameters[(rows * channelsOut)..].CopyTo(packed[(rows * _width)..]);
        if (first) return;
        turned.Clear();
        for (var tap = 0; tap < 9; tap++)
            Transposition.Copy(
                channelsIn, channelsOut, packed[(tap * channelsIn * _width)..], _width,
                turned[((8 - tap) * channelsOut * _widthIn)..], _widthIn);
    }

    /// <summary>parameterAdjoint = the adjoint by packed W and b, as PyTorch has it.</summary>
    public void Unpack(ReadOnlySpan<T> packedAdjoint, Span<T> parameterAdjoint, Span<T> scratch)
    {
        var rows = 9 * channelsIn;
        for (var row = 0; row < rows; row++)
            packedAdjoint.Slice(PackedRow(row) * _width, _width).CopyTo(scratch[(row * _width)..]);
        Transposition.Copy(rows, channelsOut, scratch, _width, parameterAdjoint, rows);
        packedAdjoint.Slice(rows * _width, channelsOut).CopyTo(parameterAdjoint[(rows * channelsOut)..]);
    }

    /// <summary>output = b + W image, of <paramref name="count"/> pixels from <paramref name="from"/> on.</summary>
    public void Forward(int from, int count, ReadOnlyDual<T> packed, ReadOnlyDual<T> image, Dual<T> output)
    {
        var bias = packed.Slice(9 * channelsIn * _width, _width);
        Correlate(image.Value, packed.Value, bias.Value, output.Value);
        if (output.Tangent.IsEmpty) return;
        // Packed parameters have tangents wherever outputs have.
        Correlate(image.Value, packed.Tangent, bias.Tangent, output.Tangent);
        if (!image.Tangent.IsEmpty) Correlate(image.Tangent, packed.Value, [], output.Tangent);

        void Correlate(ReadOnlySpan<T> x, ReadOnlySpan<T> weights, ReadOnlySpan<T> start, Span<T> y) =>
            PixelProduct.Correlate(
                count, _taps, _underTap, x, _sources.AsSpan(from), _pixels, weights, _width, start, y);
    }

    /// <summary>packedAdjoint += , from <paramref name="count"/> pixels from <paramref name="from"/> on; its value is
    /// empty where only the tangent is wanted.</summary>
    public void AddParameterAdjoint(
        int from, int count, ReadOnlyDual<T> image, ReadOnlyDual<T> outputAdjoint, Dual<T> packedAdjoint)
    {
        var biasStart = 9 * channelsIn * _width;
        if (!packedAdjoint.Value.IsEmpty)
        {
            AddPixels(count, outputAdjoint.Value, packedAdjoint.Value.Slice(biasStart, _width));
            AddOuter(image.Value, outputAdjoint.Value, packedAdjoint.Value);
        }

        if (packedAdjoint.Tangent.IsEmpty) return;
        AddPixels(count, outputAdjoint.Tangent, packedAdjoint.Tangent.Slice(biasStart, _width));
        AddOuter(image.Value, outputAdjoint.Tangent, packedAdjoint.Tangent);
        if (!image.Tangent.IsEmpty) AddOuter(image.Tangent, outputAdjoint.Value, packedAdjoint.Tangent);

        void AddOuter(ReadOnlySpan<T> x, ReadOnlySpan<T> adjoint, Span<T> weights) =>
            PixelProduct.AddOuter(
                count, _taps, _underTap, x, _sources.AsSpan(from), _pixels, adjoint, _width, weights);
    }

    /// <summary>inputAdjoint = ; itself a convolution, by the turned weights.</summary>
    public void InputAdjoint(ReadOnlyDual<T> turned, ReadOnlyDual<T> outputAdjoint, Dual<T> inputAdjoint)
    {
        CorrelateBack(outputAdjoint.Value, turned.Value, _zeros, inputAdjoint.Value);
        if (inputAdjoint.Tangent.IsEmpty) return;
        CorrelateBack(outputAdjoint.Tangent, turned.Value, _zeros, inputAdjoint.Tangent);
        CorrelateBack(outputAdjoint.Value, turned.Tangent, [], inputAdjoint.Tangent);
    }

    private void CorrelateBack(
        ReadOnlySpan<T> adjoint, ReadOnlySpan<T> weights, ReadOnlySpan<T> start, Span<T> output) =>
        PixelProduct.Correlate(
            _pixels, 9, channelsOut, adjoint, _adjointSources, _pixels, weights, _widthIn, start, output);

    /// <summary>sums += the sum over the pixels, in their order.</summary>
    private void AddPixels(int count, ReadOnlySpan<T> image, Span<T> sums)
    {
        for (var c = 0; c < _width; c += Vector512<T>.Count)
        {
            var sum = Vector512.Create(sums.Slice(c, Vector512<T>.Count));
            for (var i = c; i < count * _width; i += _width)
                sum += Vector512.Create(image.Slice(i, Vector512<T>.Count));
            sum.CopyTo(sums[c..]);
        }
    }

    /// <summary>PyTorch's row (in, tap) of W, transposed, stands packed at (tap, in), but patches are as PyTorch has
    /// them.</summary>
    private int PackedRow(int row) => first ? row : (row % 9 * channelsIn) + (row / 9);
}
