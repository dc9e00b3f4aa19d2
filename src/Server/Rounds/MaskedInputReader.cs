using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using Grpc.Core;

namespace FedMeta.Server.Rounds;

/// <summary>Collects the chunks of one masked input: in order, without gaps, of exactly the one possible
/// length.</summary>
internal static class MaskedInputReader
{
    /// <summary>The packed vector, or null if the stream breaks a rule; nothing more is read then.</summary>
    public static async Task<byte[]?> ReadAsync(IAsyncStreamReader<MaskedInputPart> parts, int length,
        CancellationToken cancel)
    {
        var whole = new ChunkAssembler(length, length);
        while (await parts.MoveNext(cancel).ConfigureAwait(false))
        {
            if (parts.Current.PartCase != MaskedInputPart.PartOneofCase.Chunk
                || whole.Add(parts.Current.Chunk) is not null)
                return null;
        }

        return whole.TryFinish(out var packed, out _) ? packed : null;
    }
}
