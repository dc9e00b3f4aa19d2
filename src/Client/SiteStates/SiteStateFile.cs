using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FedMeta.Client.Studies;

namespace FedMeta.Client.SiteStates;

/// <summary>
/// What stands on the disk for one study: the vector that the last attempt which counted had made, and the one that a
/// later attempt made of it, of which nobody knows yet whether it counts. One file, so that each step is one renaming.
/// Little-endian: 8 bytes of name, 32 that bind it to study, algorithm and model, the two attempts as four numbers of
/// 32 bits, both vectors as float64, and the SHA-256 of all that.
/// </summary>
/// <param name="Counted">The attempt that made <paramref name="Current"/>; (0, 0) where it is zero.</param>
/// <param name="Current">The vector.</param>
/// <param name="Pending">The later attempt.</param>
/// <param name="Next">The vector if that one counts.</param>
internal sealed record SiteStateFile(
    (uint Round, uint Attempt) Counted, double[] Current, (uint Round, uint Attempt) Pending, double[] Next)
{
    private const int Numbers = 40, HeaderBytes = Numbers + 16;
    private static readonly byte[] Magic = "FMSITE01"u8.ToArray();

    /// <summary>The file's bytes.</summary>
    public byte[] Write(VerifiedStudy study)
    {
        var bytes = new byte[HeaderBytes + (8 * (Current.Length + Next.Length)) + SHA256.HashSizeInBytes];
        Magic.CopyTo(bytes, 0);
        Binding(study).CopyTo(bytes, Magic.Length);
        uint[] numbers = [Counted.Round, Counted.Attempt, Pending.Round, Pending.Attempt];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Numbers + (4 * i)), numbers[i]);
        var at = HeaderBytes;
        foreach (var vector in (double[][])[Current, Next])
        {
            foreach (var number in vector)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(at), number);
                at += 8;
            }
        }

        SHA256.HashData(bytes.AsSpan(0, at), bytes.AsSpan(at));
        return bytes;
    }

    /// <summary>Reads a file; answers in words what is wrong with it, or null.</summary>
    public static string? TryRead(ReadOnlySpan<byte> bytes, VerifiedStudy study, int length, out SiteStateFile? file)
    {
        file = null;
        if (bytes.Length != HeaderBytes + (16 * length) + SHA256.HashSizeInBytes) return "its length is another one";
        var content = bytes[..^SHA256.HashSizeInBytes];
        if (!bytes.StartsWith(Magic) || !bytes[content.Length..].SequenceEqual(SHA256.HashData(content)))
            return "it is damaged";
        if (!content.Slice(Magic.Length, SHA256.HashSizeInBytes).SequenceEqual(Binding(study)))
            return "it belongs to another study or model";
        var numbers = new uint[4];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadUInt32LittleEndian(content[(Numbers + (4 * i))..]);
        file = new SiteStateFile(
            (numbers[0], numbers[1]), Vector(content[HeaderBytes..], length),
            (numbers[2], numbers[3]), Vector(content[(HeaderBytes + (8 * length))..], length));
        return null;
    }

    /// <summary>Says nothing.</summary>
    public override string ToString() => "(secret)";

    private static double[] Vector(ReadOnlySpan<byte> bytes, int length)
    {
        var vector = new double[length];
        for (var i = 0; i < length; i++) vector[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
        return vector;
    }

    private static byte[] Binding(VerifiedStudy study) => SHA256.HashData(Encoding.UTF8.GetBytes(
        $"fedmeta-site-state-v1|{study.Hash}|{study.Algorithm.Name}|{study.Model.Fingerprint}"));
}
