using System.Numerics;

namespace FedMeta.Learning;

/// <summary>Convolution, group norm where it is wanted, relu and max pool of one image at a time. What comes in and
/// goes out is [pixels + 1, channels], filled up to whole vectors, with a pixel of zeros at the end.</summary>
internal sealed class ConvolutionBlock<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionKernel<T> _convolution;
    private readonly GroupNormKernel<T>? _norm;
    private readonly ReluPool<T> _pool;
    private readonly int _pixels;
    private readonly int _pooled;
    private readonly int _strips;

    /// <param name="channelsIn">Channels of the input.</param>
    /// <param name="channelsOut">Channels of the output.</param>
    /// <param name="side">Of the input.</param>
    /// <param name="withNorm">Whether there is a group norm.</param>
    /// <param name="first">The input is the net's own, as patches.</param>
    public ConvolutionBlock(int channelsIn, int channelsOut, int side, bool withNorm, bool first)
    {
        Width = ConvolutionKernel<T>.WidthOf(channelsOut);
        // Without a norm the first block, whose weights are few, goes by strips of two rows, which fit the fastest
        // cache.
        _strips = first && !withNorm ? side / 2 : 1;
        var height = first && !withNorm ? 2 : side;
        _pixels = height * side;
        _pooled = side / 2 * (side / 2);
        _convolution = new ConvolutionKernel<T>(channelsIn, channelsOut, side, first);
        _norm = withNorm ? new GroupNormKernel<T>(channelsOut, Width, _pixels) : null;
        _pool = new ReluPool<T>(Width, side, height);
    }

    /// <summary>Channels of the output, filled up.</summary>
    public int Width { get; }

    public int ParameterCount => _convolution.ParameterCount + (_norm?.ParameterCount ?? 0);

    /// <summary>Of the parameters in this engine's order and of their adjoint.</summary>
    public int PackedLength => _convolution.PackedLength + (_norm?.PackedLength ?? 0);

    /// <summary>Of the weights once more, for the adjoint by the input.</summary>
    public int TurnedLength => _convolution.TurnedLength;

    /// <summary>Of one strip of the convolution's output and of its adjoint.</summary>
    public int FullLength => checked((_pixels + 1) * Width);

    /// <summary>Of this block's output.</summary>
    public int PooledLength => checked((_pooled + 1) * Width);

    /// <summary>What <see cref="Forward"/> leaves of an image: its output, the winners of the pool, what the norm
    /// keeps.</summary>
    public int KeptLength => checked(PooledLength + (_pooled * Width) + (_norm?.KeptLength ?? 0));

    public int ScratchLength => Math.Max(_convolution.PackedLength, _norm?.ScratchLength ?? 0);

    public void Pack(ReadOnlyDual<T> parameters, Dual<T> packed, Dual<T> turned, Span<T> scratch)
    {
        Pack(parameters.Value, packed.Value, turned.Value, scratch);
        if (!parameters.Tangent.IsEmpty) Pack(parameters.Tangent, packed.Tangent, turned.Tangent, scratch);
    }

    public void Unpack(ReadOnlySpan<T> packedAdjoint, Span<T> parameterAdjoint, Span<T> scratch)
    {
        _convolution.Unpack(packedAdjoint, parameterAdjoint[.._convolution.ParameterCount], scratch);
        _norm?.Unpack(packedAdjoint[_convolution.PackedLength..], parameterAdjoint[_convolution.ParameterCount..]);
    }

    /// <summary>Writes the output at the front of <paramref name="kept"/>.</summary>
    public void Forward(ReadOnlyDual<T> packed, ReadOnlyDual<T> image, Dual<T> kept, Dual<T> full, Dual<T> scratch)
    {
        var output = full.Slice(0, _pixels * Width);
        for (var strip = 0; strip < _strips; strip++)
        {
            _convolution.Forward(
                strip * _pixels, _pixels, packed.Slice(0, _convolution.PackedLength), image, output);
            if (_norm is not null)
                _norm.Forward(
                    packed.Slice(_convolution.PackedLength, _norm.PackedLength), output, NormKept(kept), scratch);
            _pool.Forward(output, PooledStrip(strip, kept), Winners(strip, kept));
        }

        var outside = kept.Slice(_pooled * Width, Width);
        outside.Value.Clear();
        outside.Tangent.Clear();
    }

    /// <param name="packed">The packed parameters.</param>
    /// <param name="turned">The turned weights.</param>
    /// <param name="image">The input again.</param>
    /// <param name="kept">What the forward pass left.</param>
    /// <param name="outputAdjoint">[pooled pixels, channels]; becomes the adjoint by the input unless this is the first
    /// block.</param>
    /// <param name="packedAdjoint">Added to; its value is empty where only the tangent is wanted.</param>
    /// <param name="full">Of <see cref="FullLength"/>.</param>
    /// <param name="scratch">Of <see cref="ScratchLength"/>.</param>
    public void Adjoint(
        ReadOnlyDual<T> packed, ReadOnlyDual<T> turned, ReadOnlyDual<T> image, Dual<T> kept, Dual<T> outputAdjoint,
        Dual<T> packedAdjoint, Dual<T> full, Dual<T> scratch)
    {
        var adjoint = full.Slice(0, FullLength);
        var outside = adjoint.Slice(_pixels * Width, Width);
        outside.Value.Clear();
        outside.Tangent.Clear();
        for (var strip = 0; strip < _strips; strip++)
        {
            _pool.Adjoint(Winners(strip, kept), PooledStrip(strip, outputAdjoint), adjoint);
            if (_norm is not null)
                _norm.Adjoint(
                    packed.Slice(_convolution.PackedLength, _norm.PackedLength), NormKept(kept),
                    packedAdjoint.Slice(_convolution.PackedLength, _norm.PackedLength),
                    adjoint.Slice(0, _pixels * Width), scratch);
            _convolution.AddParameterAdjoint(strip * _pixels, _pixels, image, adjoint, packedAdjoint);
        }

        if (TurnedLength > 0)
            _convolution.InputAdjoint(turned, adjoint, outputAdjoint.Slice(0, image.Value.Length));
    }

    private void Pack(ReadOnlySpan<T> parameters, Span<T> packed, Span<T> turned, Span<T> scratch)
    {
        _convolution.Pack(
            parameters[.._convolution.ParameterCount], packed[.._convolution.PackedLength], turned, scratch);
        _norm?.Pack(parameters[_convolution.ParameterCount..], packed[_convolution.PackedLength..]);
    }

    private Dual<T> PooledStrip(int strip, Dual<T> image) =>
        image.Slice(strip * _pool.Pooled * Width, _pool.Pooled * Width);

    private Span<T> Winners(int strip, Dual<T> kept) =>
        kept.Value.Slice(PooledLength + (strip * _pool.Pooled * Width), _pool.Pooled * Width);

    private Dual<T> NormKept(Dual<T> kept) => kept.Slice(PooledLength + (_pooled * Width), _norm!.KeptLength);
}
