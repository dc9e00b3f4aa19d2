using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;

namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>
/// Reads a gzip file of 'OMG1', u16 alphabets, u16 characters, u16 drawers, u16 side; per alphabet u8 length, ASCII
/// name, u8 sets; per character u16 alphabet, u16 number; then the images; all little-endian. A stranger's bytes can
/// cause a refusal, never an exception, and memory only in proportion to the bytes that were unpacked.
/// </summary>
internal static class CharacterSetReader
{
    private const int LargestSide = 64;
    private const int MostDrawers = 100;
    private const int MostAlphabets = 256;
    private const int MostCharacters = 10_000;
    private const int MostImageBytes = 1 << 26;

    /// <summary>Reads one file to the end of <paramref name="packed"/>.</summary>
    public static CharacterSetReading Read(Stream packed)
    {
        try
        {
            using var unpacked = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
            return ReadUnpacked(unpacked);
        }
        catch (InvalidDataException)
        {
            return Refuse("it is no gzip file, or a damaged one");
        }
    }

    private static CharacterSetReading ReadUnpacked(Stream stream)
    {
        if (Take(stream, 12) is not { } header) return Refuse("it ends inside the header");
        if (!header.AsSpan(0, 4).SequenceEqual("OMG1"u8)) return Refuse("it does not begin with OMG1");
        var (alphabets, characters) = (U16(header, 4), U16(header, 6));
        var (drawers, side) = (U16(header, 8), U16(header, 10));
        if (alphabets is < 1 or > MostAlphabets || characters is < 1 or > MostCharacters)
            return Refuse($"{alphabets} alphabets with {characters} characters are outside 1 .. {MostAlphabets} and "
                + $"1 .. {MostCharacters}");
        if (drawers is < 1 or > MostDrawers || side is < 8 or > LargestSide)
            return Refuse($"{drawers} drawers and images of side {side} are outside 1 .. {MostDrawers} and "
                + $"8 .. {LargestSide}");
        var imageBytes = (long)characters * drawers * CharacterSet.ImageBytes(side);
        if (imageBytes > MostImageBytes)
            return Refuse($"{imageBytes} bytes of images are more than {MostImageBytes}");

        var names = ImmutableArray.CreateBuilder<Alphabet>(alphabets);
        for (var i = 0; i < alphabets; i++)
        {
            if (TakeAlphabet(stream) is not { } alphabet) return Refuse($"alphabet {i} is cut off or has no such name");
            if (names.Any(a => a.Name == alphabet.Name)) return Refuse($"alphabet {i} is named like one before");
            if (alphabet.Sets is < 1 or > 3)
                return Refuse($"alphabet {i} is in the sets {alphabet.Sets}, not 1, 2 or 3");
            names.Add(alphabet);
        }

        if (Take(stream, 4 * characters) is not { } list) return Refuse("it ends inside the list of characters");
        var found = ImmutableArray.CreateBuilder<Character>(characters);
        for (var i = 0; i < characters; i++) found.Add(new Character(U16(list, 4 * i), U16(list, 4 * i + 2)));
        if (found.Any(c => c.Alphabet >= alphabets)) return Refuse("a character is of an alphabet that is not there");
        if (found.Distinct().Count() < characters) return Refuse("a character is there twice");
        if (Take(stream, (int)imageBytes) is not { } bits) return Refuse("it ends inside the images");
        if (stream.ReadByte() >= 0) return Refuse("bytes follow the images");
        return new CharacterSetReading(
            new CharacterSet(names.MoveToImmutable(), found.MoveToImmutable(), drawers, side, bits), null);
    }

    private static Alphabet? TakeAlphabet(Stream stream)
    {
        if (stream.ReadByte() is var length && length < 1) return null;
        if (Take(stream, length + 1) is not { } bytes) return null;
        var name = bytes.AsSpan(0, length);
        if (name.ContainsAnyExceptInRange((byte)' ', (byte)'~')) return null;
        return new Alphabet(Encoding.ASCII.GetString(name), bytes[length]);
    }

    // Grows with what arrives: a short file cannot claim the memory of a large one.
    private static byte[]? Take(Stream stream, int length)
    {
        var taken = new byte[Math.Min(length, 1 << 16)];
        var filled = 0;
        while (true)
        {
            filled += stream.ReadAtLeast(taken.AsSpan(filled), taken.Length - filled, throwOnEndOfStream: false);
            if (filled < taken.Length) return null;
            if (filled == length) return taken;
            Array.Resize(ref taken, (int)Math.Min(length, 2L * taken.Length));
        }
    }

    private static int U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static CharacterSetReading Refuse(string why) => new(null, why);
}
