using System.Collections.Immutable;

namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>Handwritten characters of several alphabets, each drawn once by every drawer, as square images of one bit a
/// pixel (1 = ink).</summary>
/// <param name="Alphabets">In the order of the file.</param>
/// <param name="Characters">In the order of the file.</param>
/// <param name="Drawers">Drawings of each character.</param>
/// <param name="Side">Pixels on a side.</param>
/// <param name="Bits">Images [character, drawer], each row-major, most significant bit first, in whole bytes.</param>
internal sealed record CharacterSet(
    ImmutableArray<Alphabet> Alphabets, ImmutableArray<Character> Characters, int Drawers, int Side,
    ReadOnlyMemory<byte> Bits)
{
    /// <summary>Pixels of an image.</summary>
    public int Pixels => Side * Side;

    /// <summary>Bytes of an image of <paramref name="side"/> pixels a side.</summary>
    public static int ImageBytes(int side) => (side * side + 7) / 8;

    /// <summary>Characters of the alphabets that <paramref name="wanted"/> takes.</summary>
    public IReadOnlyList<int> CharactersOf(Func<Alphabet, bool> wanted) =>
        [.. Enumerable.Range(0, Characters.Length).Where(c => wanted(Alphabets[Characters[c].Alphabet]))];

    /// <summary>Writes an image, 1 where ink is.</summary>
    /// <param name="character">Index into <see cref="Characters"/>.</param>
    /// <param name="drawer">0 .. Drawers - 1.</param>
    /// <param name="quarterTurns">0 .. 3, anticlockwise.</param>
    /// <param name="pixels">[Side, Side].</param>
    public void Copy(int character, int drawer, int quarterTurns, Span<float> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)drawer, (uint)Drawers);
        var bytes = ImageBytes(Side);
        var image = Bits.Span.Slice((character * Drawers + drawer) * bytes, bytes);
        var last = Side - 1;
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var (fromY, fromX) = quarterTurns switch
                {
                    0 => (y, x),
                    1 => (x, last - y),
                    2 => (last - y, last - x),
                    3 => (last - x, y),
                    _ => throw new ArgumentOutOfRangeException(nameof(quarterTurns)),
                };
                var pixel = fromY * Side + fromX;
                pixels[y * Side + x] = image[pixel >> 3] >> (7 - (pixel & 7)) & 1;
            }
        }
    }
}
