using System.Diagnostics;
using System.Text;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Bench;

/// <summary>Bytes of what a client sends: every field's and every id's, without the framing of the wire.</summary>
internal static class MessageSize
{
    public static long Of(ClientMessage message) => message switch
    {
        AdvertiseKeysMessage keys => keys.SharePublicKey.Length + keys.MaskPublicKey.Length
            + keys.SeedCommitment.Length + keys.Nonce.Length + keys.Signature.Length,
        ShareKeysMessage shares => shares.Shares.Sum(share => Id(share.Peer) + share.Ciphertext.Length),
        MaskedInputMessage input => input.Packed.Length,
        ConsistencySignature signature => signature.Signature.Length,
        UnmaskShares opened => Opened(opened.SeedShares) + Opened(opened.MaskKeyShares),
        _ => throw new UnreachableException(message.GetType().Name),
    };

    private static long Opened(IReadOnlyList<OpenedShare> shares) =>
        shares.Sum(share => Id(share.Owner) + share.Value.Length);

    private static long Id(string id) => Encoding.UTF8.GetByteCount(id);
}
