namespace FedMeta.SecureAgg;

/// <summary>Where the vectors of a round stand on the wire: each packed by itself to ceil(d b / 8) bytes, one behind
/// the other.</summary>
public sealed class PackedLayout
{
    private readonly IReadOnlyList<VectorShape> _shapes;
    private readonly long[] _starts;

    /// <summary>The layout of these vectors, in their order.</summary>
    public PackedLayout(IReadOnlyList<VectorShape> shapes)
    {
        _shapes = shapes;
        _starts = new long[shapes.Count + 1];
        for (var i = 0; i < shapes.Count; i++)
        {
            _starts[i + 1] = _starts[i] + RingPacking.PackedLength(shapes[i].Length, shapes[i].RingBits);
        }
    }

    /// <summary>Bytes of all vectors together.</summary>
    public long Length => _starts[^1];

    /// <summary>The vectors, in their order.</summary>
    public IReadOnlyList<VectorShape> Shapes => _shapes;

    /// <summary>Offset in bytes of a vector's first entry; for the number of vectors, the length of all.</summary>
    public long StartOf(int vector) => _starts[vector];
}
