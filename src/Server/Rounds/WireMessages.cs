using FedMeta.Protocol.V1;
using Google.Protobuf;
using Aggregation = FedMeta.SecureAgg;

namespace FedMeta.Server.Rounds;

/// <summary>
/// Between the wire and the aggregation. Reading only re-shapes: lengths, order and signatures are judged by the
/// states.
/// </summary>
internal static class WireMessages
{
    /// <summary>The aggregation's message in a phase message, or null if there is none.</summary>
    public static Aggregation.ClientMessage? Read(PhaseMessage message) => message.BodyCase switch
    {
        PhaseMessage.BodyOneofCase.AdvertiseKeys => Keys(message.AdvertiseKeys),
        PhaseMessage.BodyOneofCase.ShareKeys => new Aggregation.ShareKeysMessage(
            [.. message.ShareKeys.Shares.Select(s => new Aggregation.EncryptedShare(s.To, s.Ciphertext.Memory))]),
        PhaseMessage.BodyOneofCase.Consistency =>
            new Aggregation.ConsistencySignature(message.Consistency.Signature.Memory),
        PhaseMessage.BodyOneofCase.Unmask => new Aggregation.UnmaskShares(
            [.. message.Unmask.Shares.Where(s => s.SelfMask).Select(Opened)],
            [.. message.Unmask.Shares.Where(s => !s.SelfMask).Select(Opened)]),
        _ => null,
    };

    /// <summary>The instruction that carries an aggregation message to <paramref name="client"/>.</summary>
    public static Instruction Write(Aggregation.ServerMessage message, string client) => message switch
    {
        Aggregation.Roster roster => new Instruction
        {
            Roster = new Roster
            {
                ContextHash = Bytes(roster.ContextHash),
                Count = (uint)roster.Count,
                Root = Bytes(roster.Root),
                Proofs = { roster.Proofs.Select(p => new InclusionProof { Place = (uint)p.Place,
                    Path = Bytes(p.Path) }) },
                Entries = { roster.Entries.Select(e => new RosterEntry { ClientId = e.ClientId,
                    Keys = Keys(e.Keys) }) },
            },
        },
        Aggregation.SharesForClient shares => new Instruction
        {
            Shares = new ShareDelivery
            {
                Shares =
                {
                    shares.Shares.Select(s => new EncryptedShare { From = s.Peer, To = client,
                        Ciphertext = Bytes(s.Ciphertext) }),
                },
            },
        },
        Aggregation.SurvivorList list => new Instruction
        {
            Survivors = new Survivors { ClientIds = { list.Survivors }, Dropped = { list.Dropped } },
        },
        Aggregation.SignedSurvivorList signed => new Instruction
        {
            Signatures = new SurvivorSignatures
            {
                ClientIds = { signed.Survivors },
                Signatures =
                {
                    signed.Signatures.Select(s => new SurvivorSignature { ClientId = s.ClientId,
                        Signature = Bytes(s.Signature) }),
                },
            },
        },
        _ => throw new ArgumentException($"no instruction carries {message.GetType().Name}", nameof(message)),
    };

    private static Aggregation.OpenedShare Opened(UnmaskShare share) => new(share.ClientId, share.Share.Memory);

    private static Aggregation.AdvertiseKeysMessage Keys(AdvertiseKeys keys) => new(
        keys.ShareKey.Memory, keys.MaskKey.Memory, keys.SeedCommitment.Memory, keys.Nonce.Memory,
            keys.Signature.Memory);

    private static AdvertiseKeys Keys(Aggregation.AdvertiseKeysMessage keys) => new()
    {
        ShareKey = Bytes(keys.SharePublicKey),
        MaskKey = Bytes(keys.MaskPublicKey),
        SeedCommitment = Bytes(keys.SeedCommitment),
        Nonce = Bytes(keys.Nonce),
        Signature = Bytes(keys.Signature),
    };

    private static ByteString Bytes(ReadOnlyMemory<byte> bytes) => ByteString.CopyFrom(bytes.Span);
}
