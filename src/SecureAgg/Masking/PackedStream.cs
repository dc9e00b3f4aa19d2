namespace FedMeta.SecureAgg;

/// <summary>Adds packed vectors to a sum, or takes them off it, as their bytes come: in order, in pieces of any length.
/// Eight entries of b bits are b bytes, so whole eights go from a piece straight onto the sum; only what a cut leaves
/// of one waits for the next piece.</summary>
internal sealed class PackedStream(IReadOnlyList<RingVector> sum, MaskSign sign)
{
    private const int Eight = 8;
    private readonly byte[] _waiting = new byte[VectorShape.MaxRingBits];
    private int _filled;
    private int _vector;
    private int _entry;

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They go on behind the last vector.</exception>
    public void Push(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_vector, sum.Count, nameof(piece));
            piece = piece[(_filled > 0 ? Fill(piece) : TakeWhole(piece))..];
        }
    }

    // Bytes of the entries of this vector that have not been taken yet.
    private int Left => RingPacking.PackedLength(sum[_vector].Length - _entry, sum[_vector].RingBits);

    private int TakeWhole(ReadOnlySpan<byte> piece)
    {
        var bits = sum[_vector].RingBits;
        var bytes = piece.Length >= Left ? Left : piece.Length - (piece.Length % bits);
        if (bytes == 0) return Fill(piece);
        Take(piece[..bytes]);
        return bytes;
    }

    private int Fill(ReadOnlySpan<byte> piece)
    {
        var wanted = Math.Min(sum[_vector].RingBits, Left);
        var bytes = Math.Min(piece.Length, wanted - _filled);
        piece[..bytes].CopyTo(_waiting.AsSpan(_filled));
        _filled += bytes;
        if (_filled < wanted) return bytes;
        _filled = 0;
        Take(_waiting.AsSpan(0, wanted));
        return bytes;
    }

    // Whole eights, or all that is left of the vector.
    private void Take(ReadOnlySpan<byte> packed)
    {
        var vector = sum[_vector];
        var entries = packed.Length == Left ? vector.Length - _entry : packed.Length / vector.RingBits * Eight;
        RingPacking.Apply(packed, vector, _entry, entries, sign);
        _entry += entries;
        if (_entry < vector.Length) return;
        _entry = 0;
        _vector++;
    }
}
