using System.Numerics;

namespace FedMeta.Learning;

/// <summary>How a <see cref="ConvolutionalTrunk{T}"/> divides its scratch: what lies where.
/// Everything is a whole number of the widest vectors long.</summary>
internal sealed class TrunkMemory<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionBlock<T>[] _blocks;
    private readonly int _patchesLength;
    private readonly int[] _packedStarts;
    private readonly int[] _turnedStarts;
    private readonly int[] _keptStarts;
    private readonly int _fullLength;
    private readonly int _freeLength;
    private readonly int _pooledLength;
    private readonly int _turned;
    private readonly int _adjoint;
    private readonly int _sum;
    private readonly int _patches;
    private readonly int _full;
    private readonly int _free;
    private readonly int _pooled;
    private readonly int _kept;

    /// <param name="blocks">Of the trunk.</param>
    /// <param name="patchesLength">Of the first block's input.</param>
    public TrunkMemory(ConvolutionBlock<T>[] blocks, int patchesLength)
    {
        _blocks = blocks;
        _patchesLength = patchesLength;
        _packedStarts = Starts(block => block.PackedLength);
        _turnedStarts = Starts(block => block.TurnedLength);
        _keptStarts = Starts(block => block.KeptLength);
        _fullLength = blocks.Max(block => block.FullLength);
        _freeLength = blocks.Max(block => block.ScratchLength);
        _pooledLength = blocks.Max(block => block.PooledLength);
        _turned = _packedStarts[^1];
        _adjoint = checked(_turned + _turnedStarts[^1]);
        _sum = checked(_adjoint + _packedStarts[^1]);
        _patches = checked(_sum + _packedStarts[^1]);
        _full = checked(_patches + ConvolutionKernel<T>.WidthOf(_patchesLength));
        _free = checked(_full + _fullLength);
        _pooled = checked(_free + _freeLength);
        _kept = checked(_pooled + _pooledLength);
    }

    public int Length(int rows) => checked(_kept + (rows * _keptStarts[^1]));

    /// <summary>The parameters of block <paramref name="b"/> in the engine's order.</summary>
    public Dual<T> Packed(int b, Dual<T> scratch) => scratch.Slice(_packedStarts[b], _blocks[b].PackedLength);

    /// <summary>The weights of block <paramref name="b"/> for the adjoint by its input.</summary>
    public Dual<T> Turned(int b, Dual<T> scratch) => scratch.Slice(_turned + _turnedStarts[b], _blocks[b].TurnedLength);

    /// <summary>The adjoint by all packed parameters, without its value where nobody wants it.</summary>
    public Dual<T> PackedAdjoint(Dual<T> scratch, bool withValue)
    {
        var adjoint = scratch.Slice(_adjoint, _packedStarts[^1]);
        return withValue ? adjoint : new Dual<T>(default, adjoint.Tangent);
    }

    /// <summary>The same of block <paramref name="b"/>.</summary>
    public Dual<T> PackedAdjoint(int b, Dual<T> scratch, bool withValue) =>
        PackedAdjoint(scratch, withValue).Slice(_packedStarts[b], _blocks[b].PackedLength);

    /// <summary>For the sum of clipped adjoints by all packed parameters.</summary>
    public Span<T> PackedSum(Dual<T> scratch) => scratch.Value.Slice(_sum, _packedStarts[^1]);

    public void ClearAdjoint(Dual<T> scratch)
    {
        var adjoint = PackedAdjoint(scratch, withValue: true);
        adjoint.Value.Clear();
        adjoint.Tangent.Clear();
    }

    /// <summary>The first block's input, of one record.</summary>
    public Span<T> Patches(Dual<T> scratch) => scratch.Value.Slice(_patches, _patchesLength);

    /// <summary>For the output of one convolution.</summary>
    public Dual<T> Full(Dual<T> scratch) => scratch.Slice(_full, _fullLength);

    /// <summary>For anything.</summary>
    public Dual<T> Free(Dual<T> scratch) => scratch.Slice(_free, _freeLength);

    /// <summary>For the adjoint by the output of one block.</summary>
    public Dual<T> Pooled(Dual<T> scratch) => scratch.Slice(_pooled, _pooledLength);

    /// <summary>What block <paramref name="b"/> keeps of a record.</summary>
    public Dual<T> Kept(int b, int row, Dual<T> scratch) =>
        scratch.Slice(_kept + (row * _keptStarts[^1]) + _keptStarts[b], _blocks[b].KeptLength);

    private int[] Starts(Func<ConvolutionBlock<T>, int> length)
    {
        var starts = new int[_blocks.Length + 1];
        for (var b = 0; b < _blocks.Length; b++) starts[b + 1] = checked(starts[b] + length(_blocks[b]));
        return starts;
    }
}
