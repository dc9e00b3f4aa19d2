using FedMeta.SecureAgg;
using Google.Protobuf;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>The coordinator's side of the wire, for tests.</summary>
internal static class CoordinatorWire
{
    public static ClientMessage Read(V1.PhaseMessage message) => message.BodyCase switch
    {
        V1.PhaseMessage.BodyOneofCase.AdvertiseKeys => Keys(message.AdvertiseKeys),
        V1.PhaseMessage.BodyOneofCase.ShareKeys => new ShareKeysMessage(
            [.. message.ShareKeys.Shares.Select(each => new EncryptedShare(each.To, each.Ciphertext.Memory))]),
        V1.PhaseMessage.BodyOneofCase.Consistency => new ConsistencySignature(message.Consistency.Signature.Memory),
        V1.PhaseMessage.BodyOneofCase.Unmask => new UnmaskShares(
            [.. message.Unmask.Shares.Where(each => each.SelfMask).Select(Share)],
            [.. message.Unmask.Shares.Where(each => !each.SelfMask).Select(Share)]),
        _ => throw new ArgumentException($"no message of a phase: {message.BodyCase}"),
    };

    public static V1.Instruction Write(ServerMessage message, string to)
    {
        var instruction = new V1.Instruction();
        switch (message)
        {
            case Roster roster:
                instruction.Roster = new V1.Roster
                {
                    ContextHash = Bytes(roster.ContextHash),
                    Count = (uint)roster.Count,
                    Root = Bytes(roster.Root),
                };
                instruction.Roster.Entries.AddRange(roster.Entries.Select(each =>
                    new V1.RosterEntry { ClientId = each.ClientId, Keys = Keys(each.Keys) }));
                instruction.Roster.Proofs.AddRange(roster.Proofs.Select(each =>
                    new V1.InclusionProof { Place = (uint)each.Place, Path = Bytes(each.Path) }));
                break;
            case SharesForClient shares:
                instruction.Shares = new V1.ShareDelivery();
                instruction.Shares.Shares.AddRange(shares.Shares.Select(each =>
                    new V1.EncryptedShare { From = each.Peer, To = to, Ciphertext = Bytes(each.Ciphertext) }));
                break;
            case SurvivorList list:
                instruction.Survivors = new V1.Survivors { ClientIds = { list.Survivors }, Dropped = { list.Dropped } };
                break;
            case SignedSurvivorList signed:
                instruction.Signatures = new V1.SurvivorSignatures { ClientIds = { signed.Survivors } };
                instruction.Signatures.Signatures.AddRange(signed.Signatures.Select(each =>
                    new V1.SurvivorSignature { ClientId = each.ClientId, Signature = Bytes(each.Signature) }));
                break;
        }

        return instruction;
    }

    private static OpenedShare Share(V1.UnmaskShare share) => new(share.ClientId, share.Share.Memory);

    private static AdvertiseKeysMessage Keys(V1.AdvertiseKeys keys) => new(keys.ShareKey.Memory, keys.MaskKey.Memory,
        keys.SeedCommitment.Memory, keys.Nonce.Memory, keys.Signature.Memory);

    private static V1.AdvertiseKeys Keys(AdvertiseKeysMessage keys) => new()
    {
        ShareKey = Bytes(keys.SharePublicKey),
        MaskKey = Bytes(keys.MaskPublicKey),
        SeedCommitment = Bytes(keys.SeedCommitment),
        Nonce = Bytes(keys.Nonce),
        Signature = Bytes(keys.Signature),
    };

    private static ByteString Bytes(ReadOnlyMemory<byte> bytes) => ByteString.CopyFrom(bytes.Span);
}
