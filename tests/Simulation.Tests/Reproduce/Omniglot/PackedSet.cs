using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using FedMeta.Simulation.Reproduce.Omniglot;

namespace FedMeta.Simulation.Tests.Reproduce.Omniglot;

/// <summary>A small packed file: five alphabets of six characters, ten drawers, side 8. Every image says in its bytes
/// which character and drawer it is of.</summary>
internal static class PackedSet
{
    public const int Drawers = 10;
    public const int Side = 8;
    public const int CharactersOfAlphabet = 6;

    public static readonly (string Name, int Sets)[] Alphabets =
        [("Upper", 1), ("Shared", 3), ("Lower", 2), ("Runes", 1), ("Late", 2)];

    /// <summary>Before compression.</summary>
    public static byte[] Bytes()
    {
        using var stream = new MemoryStream();
        stream.Write("OMG1"u8);
        foreach (var number in new[] { Alphabets.Length, Alphabets.Length * CharactersOfAlphabet, Drawers, Side })
            WriteU16(stream, number);
        foreach (var (name, sets) in Alphabets)
        {
            stream.WriteByte((byte)name.Length);
            stream.Write(Encoding.ASCII.GetBytes(name));
            stream.WriteByte((byte)sets);
        }

        for (var c = 0; c < Alphabets.Length * CharactersOfAlphabet; c++)
        {
            WriteU16(stream, c / CharactersOfAlphabet);
            WriteU16(stream, 1 + c % CharactersOfAlphabet);
        }

        for (var c = 0; c < Alphabets.Length * CharactersOfAlphabet; c++)
            for (var drawer = 0; drawer < Drawers; drawer++)
                stream.Write([(byte)c, (byte)drawer, 0b1000_0000, 0, 0, 0, 0, 0b0000_0001]);
        return stream.ToArray();
    }

    public static MemoryStream Packed(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(bytes);
        packed.Position = 0;
        return packed;
    }

    public static CharacterSet Read()
    {
        var reading = CharacterSetReader.Read(Packed(Bytes()));
        Assert.Null(reading.Refusal);
        return reading.Set!;
    }

    /// <summary>With a number of the header changed: 4 alphabets, 6 characters, 8 drawers, 10 side.</summary>
    public static byte[] WithHeader(int at, int value)
    {
        var bytes = Bytes();
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);
        return bytes;
    }

    private static void WriteU16(Stream stream, int value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        stream.Write(bytes);
    }
}
