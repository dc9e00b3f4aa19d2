using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// All blocks of a convolutional net as one layer: images [channels, side, side] in, [channels, side, side] of the last
/// block out. One image passes through all blocks before the next, so that what is largest, the output of a
/// convolution, is done with while it is in the cache; only what the pools let through is kept for the adjoint.
/// </summary>
internal sealed class ConvolutionalTrunk<T> : ILayer<T>, IClippedAdjoint<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionBlock<T>[] _blocks;
    private readonly TrunkMemory<T> _memory;
    private readonly int _channelsIn;
    private readonly int _sideIn;
    private readonly int _channelsOut;
    private readonly int _pixelsOut;

    /// <param name="channels">Of the image, then of every block.</param>
    /// <param name="side">Of the image.</param>
    /// <param name="withNorm">Whether every block has a group norm.</param>
    public ConvolutionalTrunk(IReadOnlyList<int> channels, int side, bool withNorm)
    {
        (_channelsIn, _sideIn, _channelsOut) = (channels[0], side, channels[^1]);
        _blocks = new ConvolutionBlock<T>[channels.Count - 1];
        for (var b = 0; b < _blocks.Length; b++)
        {
            _blocks[b] = new ConvolutionBlock<T>(channels[b], channels[b + 1], side, withNorm, first: b == 0);
            side /= 2;
        }

        _pixelsOut = side * side;
        ParameterCount = _blocks.Sum(block => block.ParameterCount);
        _memory = new TrunkMemory<T>(_blocks, _sideIn * _sideIn * 9 * _channelsIn);
    }

    public int Inputs => _channelsIn * _sideIn * _sideIn;

    public int Outputs => _channelsOut * _pixelsOut;

    public int ParameterCount { get; }

    public int ScratchLength(int rows) => _memory.Length(rows);

    public void Forward(int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, Dual<T> output, Dual<T> scratch)
    {
        Pack(parameters, scratch);
        for (var row = 0; row < rows; row++)
        {
            for (var b = 0; b < _blocks.Length; b++)
                _blocks[b].Forward(
                    _memory.Packed(b, scratch), ImageBefore(b, row, input.Value, scratch),
                    _memory.Kept(b, row, scratch), _memory.Full(scratch), _memory.Free(scratch));
            var image = _memory.Kept(_blocks.Length - 1, row, scratch);
            ChannelsFirst(image.Value, output.Value.Slice(row * Outputs, Outputs));
            if (!output.Tangent.IsEmpty) ChannelsFirst(image.Tangent, output.Tangent.Slice(row * Outputs, Outputs));
        }
    }

    public void Adjoint(
        int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, ReadOnlyDual<T> output,
        ReadOnlyDual<T> outputAdjoint, Dual<T> parameterAdjoint, Dual<T> inputAdjoint, Dual<T> scratch)
    {
        var withValue = !parameterAdjoint.Value.IsEmpty;
        _memory.ClearAdjoint(scratch);
        for (var row = 0; row < rows; row++)
            AddAdjoint(row, input.Value, outputAdjoint.Slice(row * Outputs, Outputs), withValue, scratch);
        if (withValue) Unpack(_memory.PackedAdjoint(scratch, true).Value, parameterAdjoint.Value, scratch);
        if (!parameterAdjoint.Tangent.IsEmpty)
            Unpack(_memory.PackedAdjoint(scratch, withValue).Tangent, parameterAdjoint.Tangent, scratch);
    }

    public void ClippedAdjoint(
        int rows, ReadOnlySpan<T> parameters, ReadOnlySpan<T> input, ReadOnlySpan<T> output,
        ReadOnlySpan<T> outputAdjoint, double clipNorm, Span<double> squares, Span<T> parameterAdjoint,
        Span<T> scratch)
    {
        var memory = new Dual<T>(scratch, default);
        var sum = _memory.PackedSum(memory);
        var one = _memory.PackedAdjoint(memory, withValue: true).Value;
        sum.Clear();
        for (var row = 0; row < rows; row++)
        {
            one.Clear();
            AddAdjoint(row, input, new(outputAdjoint.Slice(row * Outputs, Outputs), default), true, memory);
            squares[row] += FlatVector.Dot<T>(one, one); // what fills channels up is zero
            FlatVector.AddScaled(sum, T.CreateTruncating(RecordClipping.Factor(rows, squares[row], clipNorm)), one);
        }

        Unpack(sum, parameterAdjoint, memory);
    }

    /// <summary>Adds the adjoint by the packed parameters of one record.</summary>
    private void AddAdjoint(
        int row, ReadOnlySpan<T> input, ReadOnlyDual<T> outputAdjoint, bool withValue, Dual<T> scratch)
    {
        var pooled = _memory.Pooled(scratch);
        ChannelsLast(outputAdjoint.Value, pooled.Value);
        if (!outputAdjoint.Tangent.IsEmpty) ChannelsLast(outputAdjoint.Tangent, pooled.Tangent);
        for (var b = _blocks.Length - 1; b >= 0; b--)
            _blocks[b].Adjoint(
                _memory.Packed(b, scratch), _memory.Turned(b, scratch), ImageBefore(b, row, input, scratch),
                _memory.Kept(b, row, scratch), pooled, _memory.PackedAdjoint(b, scratch, withValue),
                _memory.Full(scratch), _memory.Free(scratch));
    }

    /// <summary>What block <paramref name="b"/> reads of a record.</summary>
    private ReadOnlyDual<T> ImageBefore(int b, int row, ReadOnlySpan<T> input, Dual<T> scratch)
    {
        if (b > 0) return _memory.Kept(b - 1, row, scratch).Slice(0, _blocks[b - 1].PooledLength);
        var patches = _memory.Patches(scratch);
        ImagePatches.Gather(_channelsIn, _sideIn, input.Slice(row * Inputs, Inputs), patches);
        return new ReadOnlyDual<T>(patches, default);
    }

    private void Pack(ReadOnlyDual<T> parameters, Dual<T> scratch)
    {
        var start = 0;
        for (var b = 0; b < _blocks.Length; b++)
        {
            _blocks[b].Pack(
                parameters.Slice(start, _blocks[b].ParameterCount), _memory.Packed(b, scratch),
                _memory.Turned(b, scratch), _memory.Free(scratch).Value);
            start += _blocks[b].ParameterCount;
        }
    }

    private void Unpack(ReadOnlySpan<T> packedAdjoint, Span<T> parameterAdjoint, Dual<T> scratch)
    {
        foreach (var block in _blocks)
        {
            block.Unpack(
                packedAdjoint[..block.PackedLength], parameterAdjoint[..block.ParameterCount],
                _memory.Free(scratch).Value);
            packedAdjoint = packedAdjoint[block.PackedLength..];
            parameterAdjoint = parameterAdjoint[block.ParameterCount..];
        }
    }

    private void ChannelsFirst(ReadOnlySpan<T> image, Span<T> output)
    {
        var width = _blocks[^1].Width;
        for (var channel = 0; channel < _channelsOut; channel++)
            for (var pixel = 0; pixel < _pixelsOut; pixel++)
                output[(channel * _pixelsOut) + pixel] = image[(pixel * width) + channel];
    }

    private void ChannelsLast(ReadOnlySpan<T> output, Span<T> image)
    {
        var width = _blocks[^1].Width;
        image[..(_pixelsOut * width)].Clear();
        for (var channel = 0; channel < _channelsOut; channel++)
            for (var pixel = 0; pixel < _pixelsOut; pixel++)
                image[(pixel * width) + channel] = output[(channel * _pixelsOut) + pixel];
    }
}
