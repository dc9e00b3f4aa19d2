using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FedMeta.Learning;

/// <summary>
/// The layout (docs/reference/model-file.md): 8 bytes little-endian header length; that many bytes of JSON, padded with
/// spaces to a multiple of 8; the tensors. The header's __metadata__ holds the format name, the model's one-line text
/// and fingerprint, the layout of theta, the feature names, the study hash, the provenance, and the SHA-256 of the
/// whole file; every other key is a tensor with dtype F64, its shape and its byte range. The last tensor, control, is
/// there for the models of a study whose sites keep a control variate, and for no others.
/// </summary>
internal static class ModelFileFormat
{
    public const string Name = "fedmeta-model-1";
    public const int MaxHeaderBytes = 1 << 20;
    public const int MaxProvenanceEntries = 100;
    public const string ProvenancePrefix = "provenance.";
    public const string Control = "control";

    /// <summary>What stands in the place of the checksum while it is computed.</summary>
    public static readonly string NoChecksum = new('0', 64);

    public static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Escapes what JSON has to escape and no more: other JSON libraries write the same bytes.</summary>
    public static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The length that stands before a header.</summary>
    public static byte[] Prefix(byte[] header)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return length;
    }

    /// <summary>SHA-256 of the whole file, hexadecimal.</summary>
    /// <param name="header">With <see cref="NoChecksum"/> in the place of the checksum.</param>
    /// <param name="data">The tensors.</param>
    public static string Checksum(byte[] header, byte[] data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Prefix(header));
        hash.AppendData(header);
        hash.AppendData(data);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
