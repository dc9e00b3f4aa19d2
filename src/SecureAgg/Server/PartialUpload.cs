namespace FedMeta.SecureAgg;

/// <summary>A masked input that is on its way: what has arrived has been added to the sum, and is kept packed until the
/// rest is there, so that it can be taken off again.</summary>
/// <param name="layout">What is uploaded.</param>
/// <param name="buffer">Room for all of it; what stands in it is never read.</param>
internal sealed class PartialUpload(PackedLayout layout, byte[] buffer)
{
    private readonly byte[] _packed = buffer;

    /// <summary>The room, for the next upload once this one is complete or taken back.</summary>
    public byte[] Buffer => _packed;

    /// <summary>How many bytes have arrived.</summary>
    public int Received { get; private set; }

    public bool IsComplete => Received == _packed.Length;

    /// <summary>Adds the next piece; a refusal changes nothing.</summary>
    public ServerRefusal? Take(ReadOnlySpan<byte> piece, IReadOnlyList<RingVector> sum)
    {
        if (piece.IsEmpty || piece.Length > _packed.Length - Received) return ServerRefusal.WrongLength;
        piece.CopyTo(_packed.AsSpan(Received));
        var received = Received + piece.Length;
        if (!HasZeroPadding(received)) return ServerRefusal.NonZeroPadding;
        for (var i = 0; i < sum.Count; i++)
        {
            var first = layout.WholeEntries(i, Received);
            RingPacking.Add(Packed(i), first, layout.WholeEntries(i, received) - first, sum[i]);
        }

        Received = received;
        return null;
    }

    /// <summary>Takes off the sum again all that was added.</summary>
    public void Undo(IReadOnlyList<RingVector> sum)
    {
        for (var i = 0; i < sum.Count; i++)
        {
            RingPacking.Subtract(Packed(i), 0, layout.WholeEntries(i, Received), sum[i]);
        }

        Received = 0;
    }

    private ReadOnlySpan<byte> Packed(int vector) =>
        _packed.AsSpan((int)layout.StartOf(vector)..(int)layout.StartOf(vector + 1));

    // Of the vectors that end in the piece that has just come.
    private bool HasZeroPadding(int received)
    {
        for (var i = 0; i < layout.Shapes.Count; i++)
        {
            var end = layout.StartOf(i + 1);
            if (end <= Received || end > received) continue;
            var (_, length, bits) = layout.Shapes[i];
            if (!RingPacking.HasZeroPadding(Packed(i), length, bits)) return false;
        }

        return true;
    }
}
