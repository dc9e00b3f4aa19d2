namespace FedMeta.SecureAgg;

/// <summary>Phase 2, client to server: the input under all its masks. A client keeps it until the server has all of it,
/// so that a broken upload goes on where it broke; it is never made a second time.</summary>
/// <param name="Packed">Every vector packed to its ring's width, one behind the other, exactly
/// <see cref="AggregationParameters.PackedLength"/> bytes.</param>
public sealed record MaskedInputMessage(ReadOnlyMemory<byte> Packed) : ClientMessage
{
    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.CollectMaskedInput;

    /// <summary>The pieces from <paramref name="offset"/> on; none where all has been sent.</summary>
    /// <param name="offset">Bytes that the server has, 0 to the length.</param>
    /// <param name="pieceLength">Greatest length of a piece in bytes, at least 1.</param>
    public IEnumerable<MaskedInputChunk> Chunks(long offset, int pieceLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Packed.Length);
        ArgumentOutOfRangeException.ThrowIfLessThan(pieceLength, 1);
        return Pieces();

        IEnumerable<MaskedInputChunk> Pieces()
        {
            for (var at = (int)offset; at < Packed.Length; at += pieceLength)
            {
                yield return new MaskedInputChunk(at, Packed.Slice(at, Math.Min(pieceLength, Packed.Length - at)));
            }
        }
    }
}
