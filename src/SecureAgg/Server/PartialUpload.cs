namespace FedMeta.SecureAgg;

/// <summary>A masked input that is on its way: what has arrived has been added to the sum, and its pieces are kept until
/// the rest is there, so that they can be taken off again.</summary>
/// <param name="layout">What is uploaded.</param>
/// <param name="sum">What it is added to.</param>
internal sealed class PartialUpload(PackedLayout layout, IReadOnlyList<RingVector> sum)
{
    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private readonly PackedStream _adding = new(sum, MaskSign.Add);

    /// <summary>How many bytes have arrived.</summary>
    public long Received { get; private set; }

    public bool IsComplete => Received == layout.Length;

    /// <summary>Adds the next piece; a refusal changes nothing.</summary>
    public ServerRefusal? Take(ReadOnlyMemory<byte> piece)
    {
        if (piece.IsEmpty || piece.Length > layout.Length - Received) return ServerRefusal.WrongLength;
        if (!HasZeroPadding(piece.Span)) return ServerRefusal.NonZeroPadding;
        _adding.Push(piece.Span);
        _pieces.Add(piece);
        Received += piece.Length;
        return null;
    }

    /// <summary>Takes off the sum again all that was added.</summary>
    public void Undo()
    {
        var taking = new PackedStream(sum, MaskSign.Subtract);
        foreach (var piece in _pieces) taking.Push(piece.Span);
    }

    // Of the vectors that end in the piece.
    private bool HasZeroPadding(ReadOnlySpan<byte> piece)
    {
        for (var i = 0; i < layout.Shapes.Count; i++)
        {
            var end = layout.StartOf(i + 1) - Received;
            if (end <= 0 || end > piece.Length) continue;
            if (!RingPacking.HasZeroPadding(piece[(int)(end - 1)], layout.Shapes[i])) return false;
        }

        return true;
    }
}
