using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>One message encoding. FedMeta registers none: a small body must not expand without a bound.</summary>
public interface ICompressionProvider
{
    /// <summary>The name in the <c>grpc-encoding</c> header.</summary>
    string EncodingName { get; }

    /// <summary>A stream that compresses what is written to it into another stream, which stays open.</summary>
    /// <param name="stream">Where the compressed bytes go.</param>
    /// <param name="compressionLevel">The level; null takes the provider's own.</param>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>A stream that reads the original bytes out of a compressed stream.</summary>
    /// <param name="stream">Where the compressed bytes come from.</param>
    Stream CreateDecompressionStream(Stream stream);
}
