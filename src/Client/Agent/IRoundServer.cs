using FedMeta.Protocol;
using FedMeta.Protocol.V1;

namespace FedMeta.Client.Agent;

/// <summary>
/// The coordinator as a round needs it: every call is the client's own and none is answered later than its deadline.
/// The seam between the protocol's logic and the network.
/// </summary>
internal interface IRoundServer
{
    /// <summary>A long poll: the next instruction after a sequence number; sequence 0 where there is none
    /// yet.</summary>
    Task<Instruction> AwaitAsync(ulong after, CancellationToken stop);

    /// <summary>The bytes of a model, whole; null where the server has none of that hash or sends too much.</summary>
    Task<byte[]?> GetModelAsync(Sha256Digest hash, CancellationToken stop);

    /// <summary>Sends a message of phase 0, 1, 3 or 4, or a withdrawal.</summary>
    Task<Ack> SendAsync(PhaseMessage message, CancellationToken stop);

    /// <summary>Sends the masked input in order, in chunks, from the byte that the server still lacks.</summary>
    Task<Ack> UploadAsync(MaskedInputHeader header, ReadOnlyMemory<byte> packed, CancellationToken stop);
}
