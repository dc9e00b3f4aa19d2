using FedMeta.Client.Ledger;
using FedMeta.Protocol;
using FedMeta.SecureAgg;
using Google.Protobuf;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Client.Agent;

/// <summary>
/// Between the wire's messages and secure aggregation's. Nothing is judged here: lengths, order and signatures are the
/// state machine's to refuse.
/// </summary>
internal static class WireMessages
{
    /// <summary>The server's message in an instruction; null where the instruction holds none of a round's
    /// phases.</summary>
    public static ServerMessage? Read(V1.Instruction instruction) => instruction.BodyCase switch
    {
        V1.Instruction.BodyOneofCase.Roster => new Roster(
            instruction.Roster.ContextHash.Memory,
            Number(instruction.Roster.Count),
            instruction.Roster.Root.Memory,
            [.. instruction.Roster.Entries.Select(entry => new RosterEntry(entry.ClientId, Read(entry.Keys)))],
            [.. instruction.Roster.Proofs.Select(proof => new InclusionProof(Number(proof.Place), proof.Path.Memory))]),
        V1.Instruction.BodyOneofCase.Shares => new SharesForClient(
            [.. instruction.Shares.Shares.Select(share => new EncryptedShare(share.From, share.Ciphertext.Memory))]),
        V1.Instruction.BodyOneofCase.Survivors => new SurvivorList(
            [.. instruction.Survivors.ClientIds], [.. instruction.Survivors.Dropped]),
        V1.Instruction.BodyOneofCase.Signatures => new SignedSurvivorList(
            [.. instruction.Signatures.ClientIds],
            [.. instruction.Signatures.Signatures.Select(each =>
                new SurvivorSignature(each.ClientId, each.Signature.Memory))]),
        _ => null,
    };

    /// <summary>What goes before the pieces of a masked input.</summary>
    /// <param name="round">The attempt.</param>
    /// <param name="entry">Its spend.</param>
    /// <param name="content">Hash of the masked input.</param>
    public static V1.MaskedInputHeader Header(V1.RoundId round, SignedEntry entry, Sha256Digest content) => new()
    {
        Round = round,
        Spend = ByteString.CopyFrom(entry.Canonical),
        SpendSignature = ByteString.CopyFrom(entry.Signature),
        ContentHash = ByteString.CopyFrom(content.ToArray()),
    };

    /// <summary>A client's message of phase 0, 1, 3 or 4 for the wire.</summary>
    /// <exception cref="ArgumentException">The masked input travels in chunks, not here.</exception>
    public static V1.PhaseMessage Write(V1.RoundId round, string self, ClientMessage message)
    {
        var wire = new V1.PhaseMessage { Round = round };
        switch (message)
        {
            case AdvertiseKeysMessage keys:
                wire.AdvertiseKeys = Write(keys);
                break;
            case ShareKeysMessage shares:
                wire.ShareKeys = new V1.ShareKeys();
                wire.ShareKeys.Shares.AddRange(shares.Shares.Select(share => new V1.EncryptedShare
                {
                    From = self,
                    To = share.Peer,
                    Ciphertext = Bytes(share.Ciphertext),
                }));
                break;
            case ConsistencySignature signature:
                wire.Consistency = new V1.ConsistencySignature { Signature = Bytes(signature.Signature) };
                break;
            case UnmaskShares shares:
                wire.Unmask = new V1.UnmaskShares();
                wire.Unmask.Shares.AddRange(shares.SeedShares.Select(share => Write(share, selfMask: true)));
                wire.Unmask.Shares.AddRange(shares.MaskKeyShares.Select(share => Write(share, selfMask: false)));
                break;
            default:
                throw new ArgumentException("the masked input travels in chunks", nameof(message));
        }

        return wire;
    }

    /// <summary>The name of a message in the hospital's ledger.</summary>
    public static string NameOf(V1.PhaseMessage message) => message.BodyCase switch
    {
        V1.PhaseMessage.BodyOneofCase.AdvertiseKeys => "advertise-keys",
        V1.PhaseMessage.BodyOneofCase.ShareKeys => "share-keys",
        V1.PhaseMessage.BodyOneofCase.Consistency => "consistency-signature",
        V1.PhaseMessage.BodyOneofCase.Unmask => "unmask-shares",
        _ => "withdraw",
    };

    private static AdvertiseKeysMessage Read(V1.AdvertiseKeys? keys)
    {
        keys ??= new V1.AdvertiseKeys();
        return new AdvertiseKeysMessage(keys.ShareKey.Memory, keys.MaskKey.Memory, keys.SeedCommitment.Memory,
            keys.Nonce.Memory, keys.Signature.Memory);
    }

    private static V1.AdvertiseKeys Write(AdvertiseKeysMessage keys) => new()
    {
        ShareKey = Bytes(keys.SharePublicKey),
        MaskKey = Bytes(keys.MaskPublicKey),
        SeedCommitment = Bytes(keys.SeedCommitment),
        Nonce = Bytes(keys.Nonce),
        Signature = Bytes(keys.Signature),
    };

    private static V1.UnmaskShare Write(OpenedShare share, bool selfMask) =>
        new() { ClientId = share.Owner, SelfMask = selfMask, Share = Bytes(share.Value) };

    // What is too great for any roster stays too great for any.
    private static int Number(uint wire) => (int)Math.Min(wire, int.MaxValue);

    private static ByteString Bytes(ReadOnlyMemory<byte> bytes) => ByteString.CopyFrom(bytes.Span);
}
