namespace FedMeta.SecureAgg;

/// <summary>Where the vectors of a round stand in one mask stream: each begins at the cipher block behind the last
/// block of the vector before it. An element is 2 bytes of keystream for a ring up to 16 bits, 4 up to 32, 8 up to
/// 64.</summary>
internal static class MaskLayout
{
    // 16 KiB of keystream: what it falls on stays in the fast cache while all masks pass over it.
    private const int BlocksPerPiece = 1024;

    public static int ElementLength(int ringBits) => ringBits switch
    {
        <= 16 => sizeof(ushort),
        <= 32 => sizeof(uint),
        _ => sizeof(ulong),
    };

    public static int ElementsPerBlock(int ringBits) => MaskKernel.BlockLength / ElementLength(ringBits);

    /// <summary>The vectors cut at block boundaries, each piece with its counter.</summary>
    /// <exception cref="OverflowException">The vectors are longer than 2^32 blocks.</exception>
    public static List<MaskPiece> Pieces(IReadOnlyList<RingVector> vectors)
    {
        var pieces = new List<MaskPiece>();
        var counter = 0U;
        foreach (var vector in vectors)
        {
            var perBlock = ElementsPerBlock(vector.RingBits);
            var perPiece = BlocksPerPiece * perBlock;
            for (var first = 0; first < vector.Length; first += perPiece)
            {
                var count = Math.Min(perPiece, vector.Length - first);
                pieces.Add(new MaskPiece(vector, first, count, counter));
                counter = checked(counter + (uint)((count + perBlock - 1) / perBlock));
            }
        }

        return pieces;
    }
}
