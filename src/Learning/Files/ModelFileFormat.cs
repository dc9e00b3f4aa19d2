using System.Text.Json;

namespace FedMeta.Learning;

/// <summary>
/// The layout: 8 bytes little-endian header length; that many bytes of JSON, padded with spaces to a multiple of 8; the
/// tensors. The header's __metadata__ holds the format name, the model's one-line text and fingerprint, the feature
/// names, the study hash, the provenance, and the SHA-256 of the data; every other key is a tensor with dtype F64,
/// its shape and its byte range.
/// </summary>
internal static class ModelFileFormat
{
    public const string Name = "fedmeta-model-1";
    public const int MaxHeaderBytes = 1 << 20;
    public const int MaxProvenanceEntries = 100;
    public const string ProvenancePrefix = "provenance.";

    public static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };
}
