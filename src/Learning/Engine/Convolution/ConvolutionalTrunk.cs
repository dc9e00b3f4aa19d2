using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// All blocks of a convolutional net as one layer: images [channels, side, side] in, [channels, side, side] of the last
/// block out. One image passes through all blocks before the next, so that what is large (the output of a convolution)
/// is done with while it is in the cache; only what the pools let through is kept for the adjoint.
/// </summary>
internal sealed class ConvolutionalTrunk<T> : ILayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionBlock<T>[] _blocks;
    private readonly int _channelsIn;
    private readonly int _sideIn;
    private readonly int _channelsOut;
    private readonly int _pixelsOut;
    private readonly int _packedLength;
    private readonly int _turnedLength;
    private readonly int _keptLength;
    private readonly int _fullLength;
    private readonly int _pooledLength;
    private readonly int _patchesLength;
    private readonly int _scratchLength;

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
        _patchesLength = _sideIn * _sideIn * 9 * _channelsIn;
        ParameterCount = _blocks.Sum(block => block.ParameterCount);
        _packedLength = _blocks.Sum(block => block.PackedLength);
        _turnedLength = _blocks.Sum(block => block.TurnedLength);
        _keptLength = _blocks.Sum(block => block.KeptLength);
        _fullLength = _blocks.Max(block => block.FullLength);
        _pooledLength = _blocks.Max(block => block.PooledLength);
        _scratchLength = _blocks.Max(block => block.ScratchLength);
    }

    public int Inputs => _channelsIn * _sideIn * _sideIn;

    public int Outputs => _channelsOut * _pixelsOut;

    public int ParameterCount { get; }

    public int ScratchLength(int rows) => checked(
        (rows * _keptLength) + (2 * _packedLength) + _turnedLength + _fullLength + _pooledLength + _patchesLength
        + _scratchLength);

    public void Forward(int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, Dual<T> output, Dual<T> scratch)
    {
        var memory = Divide(rows, scratch);
        Pack(parameters, memory);
        for (var row = 0; row < rows; row++)
        {
            ImagePatches.Gather(
                _channelsIn, _sideIn, input.Value.Slice(row * Inputs, Inputs), memory.Patches);
            var image = new ReadOnlyDual<T>(memory.Patches, default);
            var packedStart = 0;
            var keptStart = row * _keptLength;
            foreach (var block in _blocks)
            {
                var kept = memory.Kept.Slice(keptStart, block.KeptLength);
                block.Forward(
                    memory.Packed.Slice(packedStart, block.PackedLength), image, kept, memory.Full, memory.Scratch);
                image = kept.Slice(0, block.PooledLength);
                packedStart += block.PackedLength;
                keptStart += block.KeptLength;
            }

            ChannelsFirst(image.Value, output.Value.Slice(row * Outputs, Outputs));
            if (!output.Tangent.IsEmpty) ChannelsFirst(image.Tangent, output.Tangent.Slice(row * Outputs, Outputs));
        }
    }

    public void Adjoint(
        int rows, ReadOnlyDual<T> parameters, ReadOnlyDual<T> input, ReadOnlyDual<T> output,
        ReadOnlyDual<T> outputAdjoint, Dual<T> parameterAdjoint, Dual<T> inputAdjoint, Dual<T> scratch)
    {
        var memory = Divide(rows, scratch);
        parameterAdjoint.Value.Clear();
        parameterAdjoint.Tangent.Clear();
        memory.PackedAdjoint.Value.Clear();
        memory.PackedAdjoint.Tangent.Clear();
        for (var row = 0; row < rows; row++)
            AddAdjoint(row, input.Value, outputAdjoint.Slice(row * Outputs, Outputs), memory);
        AddUnpacked(memory.PackedAdjoint.Value, parameterAdjoint.Value, memory);
        AddUnpacked(memory.PackedAdjoint.Tangent, parameterAdjoint.Tangent, memory);
    }

    /// <summary>Adds the adjoint by the packed parameters of one record.</summary>
    private void AddAdjoint(int row, ReadOnlySpan<T> input, ReadOnlyDual<T> outputAdjoint, Memory memory)
    {
        ChannelsLast(outputAdjoint.Value, memory.Pooled.Value);
        if (!outputAdjoint.Tangent.IsEmpty) ChannelsLast(outputAdjoint.Tangent, memory.Pooled.Tangent);
        var packedStart = _packedLength;
        var turnedStart = _turnedLength;
        var keptStart = (row + 1) * _keptLength;
        for (var b = _blocks.Length - 1; b >= 0; b--)
        {
            var block = _blocks[b];
            packedStart -= block.PackedLength;
            turnedStart -= block.TurnedLength;
            keptStart -= block.KeptLength;
            ReadOnlyDual<T> image;
            if (b == 0)
            {
                ImagePatches.Gather(_channelsIn, _sideIn, input.Slice(row * Inputs, Inputs), memory.Patches);
                image = new ReadOnlyDual<T>(memory.Patches, default);
            }
            else
            {
                image = memory.Kept.Slice(keptStart - _blocks[b - 1].KeptLength, _blocks[b - 1].PooledLength);
            }

            block.Adjoint(
                memory.Packed.Slice(packedStart, block.PackedLength),
                memory.Turned.Slice(turnedStart, block.TurnedLength),
                image,
                memory.Kept.Slice(keptStart, block.KeptLength),
                memory.Pooled,
                memory.PackedAdjoint.Slice(packedStart, block.PackedLength),
                memory.Full,
                memory.Scratch);
        }
    }

    private void Pack(ReadOnlyDual<T> parameters, Memory memory)
    {
        var (start, packedStart, turnedStart) = (0, 0, 0);
        foreach (var block in _blocks)
        {
            block.Pack(
                parameters.Slice(start, block.ParameterCount),
                memory.Packed.Slice(packedStart, block.PackedLength),
                memory.Turned.Slice(turnedStart, block.TurnedLength),
                memory.Scratch.Value);
            start += block.ParameterCount;
            packedStart += block.PackedLength;
            turnedStart += block.TurnedLength;
        }
    }

    private void AddUnpacked(ReadOnlySpan<T> packedAdjoint, Span<T> parameterAdjoint, Memory memory)
    {
        if (parameterAdjoint.IsEmpty) return;
        var (start, packedStart) = (0, 0);
        foreach (var block in _blocks)
        {
            block.AddUnpacked(
                packedAdjoint.Slice(packedStart, block.PackedLength),
                parameterAdjoint.Slice(start, block.ParameterCount),
                memory.Scratch.Value);
            start += block.ParameterCount;
            packedStart += block.PackedLength;
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

    private Memory Divide(int rows, Dual<T> scratch)
    {
        var start = 0;
        var memory = default(Memory);
        memory.Packed = Take(_packedLength, scratch, ref start);
        memory.Turned = Take(_turnedLength, scratch, ref start);
        memory.PackedAdjoint = Take(_packedLength, scratch, ref start);
        memory.Kept = Take(rows * _keptLength, scratch, ref start);
        memory.Full = Take(_fullLength, scratch, ref start);
        memory.Pooled = Take(_pooledLength, scratch, ref start);
        memory.Scratch = Take(_scratchLength, scratch, ref start);
        memory.Patches = Take(_patchesLength, scratch, ref start).Value;
        return memory;
    }

    private static Dual<T> Take(int length, Dual<T> scratch, scoped ref int start)
    {
        start += length;
        return scratch.Slice(start - length, length);
    }

    /// <summary>The layer's scratch, divided.</summary>
    private ref struct Memory
    {
        public Dual<T> Packed;
        public Dual<T> Turned;
        public Dual<T> PackedAdjoint;
        public Dual<T> Kept;
        public Dual<T> Full;
        public Dual<T> Pooled;
        public Dual<T> Scratch;
        public Span<T> Patches;
    }
}
