using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Grpc.Core;

namespace FedMeta.Server.Hosting;

/// <summary>Sends bytes that are too long for one message.</summary>
internal static class Chunks
{
    /// <summary>Writes all of <paramref name="bytes"/>, an empty chunk for none.</summary>
    public static async Task WriteAsync(IServerStreamWriter<Chunk> output, ReadOnlyMemory<byte> bytes,
        CancellationToken cancel)
    {
        foreach (var chunk in ChunkSplitter.Split(bytes))
            await output.WriteAsync(chunk, cancel).ConfigureAwait(false);
    }
}
