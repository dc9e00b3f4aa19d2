using Google.Protobuf;

namespace FedMeta.Protocol;

/// <summary>Cuts a document or vector into messages of at most 64 KiB, in order, without gaps.</summary>
public static class ChunkSplitter
{
    /// <summary>Most bytes of one chunk.</summary>
    public const int ChunkBytes = 64 << 10;

    /// <summary>
    /// The chunks of <paramref name="content"/>, from <paramref name="offset"/> on; an empty content is one empty
    /// chunk.
    /// </summary>
    /// <param name="content">The whole content; must not change while the chunks are read.</param>
    /// <param name="offset">Where to begin: what the receiver has already.</param>
    public static IEnumerable<V1.Chunk> Split(ReadOnlyMemory<byte> content, int offset = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, content.Length);
        return Cut(content, offset);
    }

    private static IEnumerable<V1.Chunk> Cut(ReadOnlyMemory<byte> content, int offset)
    {
        do
        {
            var length = Math.Min(ChunkBytes, content.Length - offset);
            yield return new V1.Chunk
            {
                Offset = (ulong)offset,
                Total = (ulong)content.Length,
                Data = ByteString.CopyFrom(content.Span.Slice(offset, length)),
            };
            offset += length;
        }
        while (offset < content.Length);
    }
}
