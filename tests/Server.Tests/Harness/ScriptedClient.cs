using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.SecureAgg;
using FedMeta.Server.Rounds;
using FedMeta.Server.Studies;
using Google.Protobuf;
using Aggregation = FedMeta.SecureAgg;

namespace FedMeta.Server.Tests.Harness;

/// <summary>A hospital that plays the client's states over the wire, one message at a time.</summary>
internal sealed class ScriptedClient : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ServerAddress _address;
    private readonly KeyPin _pin;
    private PinnedChannel _channel;
    private X509Certificate2? _certificate;
    private ClientState? _state;
    private readonly List<Protocol.V1.RoundId> _attempts = [];
    private ulong _after;

    public ScriptedClient(string id, ServerAddress address, KeyPin pin, TimeProvider time)
    {
        Id = id;
        (_address, _pin, _time) = (address, pin, time);
        _channel = new PinnedChannel(address, pin);
    }

    public string Id { get; }

    public Identity Identity { get; } = Identity.Create();

    public PinnedChannel Channel => _channel;

    public Protocol.V1.Rounds.RoundsClient Rounds => new(_channel.Channel);

    public Protocol.V1.Studies.StudiesClient Studies => new(_channel.Channel);

    public Protocol.V1.Ledger.LedgerClient Ledger => new(_channel.Channel);

    public Protocol.V1.RoundId? Round { get; private set; }

    /// <summary>Whose sum the round that it began is.</summary>
    public RoundGroup? Group { get; private set; }

    public byte[] Packed { get; private set; } = [];

    public AggregationReceipt? Receipt => (_state as ClientCompleted)?.Receipt;

    public static ByteString Bytes(ReadOnlySpan<byte> bytes) => ByteString.CopyFrom(bytes);

    public async Task<Ack> EnrolAsync(Invite invite, string version = "0.1.0")
    {
        var request = Identity.CreateRequest(Id);
        var client = new Protocol.V1.Enrolment.EnrolmentClient(_channel.Channel);
        var reply = await client.EnrolAsync(new EnrolRequest
        {
            ClientId = Id,
            CertificateRequest = Bytes(request),
            Proof = Bytes(EnrolmentProof.Compute(invite.Secret, Id, request)),
            Version = version,
        });
        return reply.Ack;
    }

    public async Task<EnrolmentStatus> StatusAsync()
    {
        using var anonymous = new PinnedChannel(_address, _pin);
        var client = new Protocol.V1.Enrolment.EnrolmentClient(anonymous.Channel);
        return await client.GetStatusAsync(new EnrolmentStatusRequest
        {
            ClientId = Id,
            KeyHash = Bytes(SHA256.HashData(Identity.PublicKey)),
        });
    }

    public async Task UseCertificateAsync(ServerAddress? address = null)
    {
        var status = await StatusAsync();
        Assert.Equal(EnrolmentStatus.Types.State.Approved, status.State);
        UseCertificate(status.Certificate.ToByteArray(), address ?? _address);
    }

    public void UseCertificate(byte[] certificate, ServerAddress address)
    {
        using var plain = X509CertificateLoader.LoadCertificate(certificate);
        _certificate = Identity.Attach(plain);
        Reconnect(address);
    }

    public void Reconnect(ServerAddress address)
    {
        _channel.Dispose();
        _channel = new PinnedChannel(address, _pin, _certificate);
        _after = 0;
    }

    public async Task<Ack> DecideAsync(StudyPlan plan, bool approve = true)
    {
        var decision = new StudyDecision(plan.Document.Hash, Id, approve, approve ? "" : "no", _time.GetUtcNow());
        return await Studies.DecideAsync(decision.ToMessage(decision.Sign(Identity)));
    }

    /// <summary>Fetches the newest checkpoint and signs it unseen.</summary>
    public async Task<(CheckpointReply Shown, Ack Ack)> CoSignAsync()
    {
        var shown = await Ledger.GetCheckpointAsync(new CheckpointRequest());
        Assert.True(Checkpoint.TryRead(shown.Note.Span, out _, out var head));
        var line = NoteSignature.Of(head, Id, Identity).ToLine();
        return (shown, await Ledger.CoSignAsync(new CoSignature { Size = (ulong)head.Size, Line = line }));
    }

    /// <summary>The next instruction; a poll that ended empty is asked again.</summary>
    public async Task<Instruction> NextAsync()
    {
        while (true)
        {
            var instruction = await Rounds.AwaitAsync(new AwaitRequest { After = _after });
            if (instruction.Sequence == 0)
                continue;
            _after = instruction.Sequence;
            return instruction;
        }
    }

    /// <summary>Starts the state machine on a RoundStart and sends the keys.</summary>
    public Task<Ack> BeginAsync(StudyPlan plan, Instruction start, uint[] input)
    {
        Assert.Equal(Instruction.BodyOneofCase.Start, start.BodyCase);
        Round = start.Round;
        var model = Convert.ToHexStringLower(start.Start.ModelHash.Span);
        var (round, attempt) = ((int)start.Round.Round, (int)start.Round.Attempt);
        Group = plan.Groups(round, attempt, model).Single(g => g.Members.Contains(Id));
        var context = RoundAnnouncer.Context(plan.Document.Hash.ToString(), plan, round, attempt, model,
            start.Start.Expiry, start.Start.RotationSeed.Span, Group);
        using var random = RandomNumberGenerator.Create();
        var bits = context.Parameters.Vectors[0].RingBits;
        var words = Aggregation.RingVector.From([.. input.Select(entry => ClearModel.Residue(entry, bits))], bits);
        var begun = ClientAdvertiseKeys.Start(context, Id, Identity.Key,
            [words], random, null, _time.GetUtcNow());
        Assert.Null(begun.Refusal);
        _state = begun.State;
        return SendAsync(plan, begun.Outgoing!, start.Start.ModelHash);
    }

    /// <summary>Feeds an instruction to the state machine and sends what it answers.</summary>
    public Task<Ack> AnswerAsync(StudyPlan plan, Instruction instruction, ByteString model)
    {
        var next = _state!.Receive(Read(instruction), _time.GetUtcNow());
        Assert.Null(next.Refusal);
        _state = next.State;
        return SendAsync(plan, next.Outgoing!, model);
    }

    public LedgerEntry Spend(StudyPlan plan, Protocol.V1.RoundId round, ByteString model)
    {
        if (!_attempts.Contains(round))
            _attempts.Add(round);
        var spends = _attempts.IndexOf(round) + 1;
        return new LedgerEntry(Id, 2 * spends, Sha256Digest.Of("the reserve"u8), 0, MerkleProof.EmptyRoot,
            LedgerEntryType.Spend, plan.Document.Hash, (int)round.Round, (int)round.Attempt, plan.Ledger, 0,
            spends * plan.Mechanism.PerRound.Units, new Sha256Digest(model.Span), Sha256Digest.Of(Packed),
            "discrete-gaussian-exact", "system-csprng", Sha256Digest.Of("code"u8), _time.GetUtcNow());
    }

    public async Task<Ack> UploadAsync(Protocol.V1.RoundId round, LedgerEntry spend, IEnumerable<Chunk> chunks,
        ByteString? content = null)
    {
        var all = chunks.ToList();
        using var call = Rounds.UploadMaskedInput();
        try
        {
            await call.RequestStream.WriteAsync(new MaskedInputPart
            {
                Header = new MaskedInputHeader
                {
                    Round = round,
                    Spend = Bytes(spend.ToCanonicalJson()),
                    SpendSignature = Bytes(spend.Sign(Identity)),
                    ContentHash = content ?? Bytes(spend.Message.ToArray()),
                },
            });
            foreach (var chunk in all)
                await call.RequestStream.WriteAsync(new MaskedInputPart { Chunk = chunk });
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception ended) when (ended is Grpc.Core.RpcException or InvalidOperationException
            or OperationCanceledException)
        {
            // The server answered before it had read everything.
        }

        return await call;
    }

    public void Dispose()
    {
        _state?.Dispose();
        _channel.Dispose();
        _certificate?.Dispose();
        Identity.Dispose();
    }

    /// <summary>Makes the masked input and sends nothing of it.</summary>
    public bool HoldsUpload { get; set; }

    /// <summary>What a dishonest hospital sends in place of a message.</summary>
    public Func<ClientMessage, ClientMessage>? Tamper { get; set; }

    private async Task<Ack> SendAsync(StudyPlan plan, ClientMessage message, ByteString model)
    {
        message = Tamper?.Invoke(message) ?? message;
        if (message is MaskedInputMessage masked)
        {
            Packed = masked.Packed.ToArray();
            if (HoldsUpload)
                return new Ack { Accepted = true };
            return await UploadAsync(Round!, Spend(plan, Round!, model), ChunkSplitter.Split(masked.Packed));
        }

        return await Rounds.SendAsync(Write(Round!, message));
    }

    public static PhaseMessage Write(Protocol.V1.RoundId round, ClientMessage message) => message switch
    {
        AdvertiseKeysMessage m => new PhaseMessage { Round = round, AdvertiseKeys = Keys(m) },
        ShareKeysMessage m => new PhaseMessage
        {
            Round = round,
            ShareKeys = new ShareKeys
            {
                Shares = { m.Shares.Select(s => new Protocol.V1.EncryptedShare { To = s.Peer,
                    Ciphertext = Bytes(s.Ciphertext.Span) }) },
            },
        },
        Aggregation.ConsistencySignature m => new PhaseMessage
        {
            Round = round,
            Consistency = new Protocol.V1.ConsistencySignature { Signature = Bytes(m.Signature.Span) },
        },
        Aggregation.UnmaskShares m => new PhaseMessage
        {
            Round = round,
            Unmask = new Protocol.V1.UnmaskShares
            {
                Shares =
                {
                    m.SeedShares.Select(s => new UnmaskShare { ClientId = s.Owner, SelfMask = true,
                        Share = Bytes(s.Value.Span) }),
                    m.MaskKeyShares.Select(s => new UnmaskShare { ClientId = s.Owner, Share = Bytes(s.Value.Span) }),
                },
            },
        },
        _ => throw new ArgumentException("no such message", nameof(message)),
    };

    private static AdvertiseKeys Keys(AdvertiseKeysMessage m) => new()
    {
        ShareKey = Bytes(m.SharePublicKey.Span),
        MaskKey = Bytes(m.MaskPublicKey.Span),
        SeedCommitment = Bytes(m.SeedCommitment.Span),
        Nonce = Bytes(m.Nonce.Span),
        Signature = Bytes(m.Signature.Span),
    };

    private static ServerMessage Read(Instruction i) => i.BodyCase switch
    {
        Instruction.BodyOneofCase.Roster => new Aggregation.Roster(i.Roster.ContextHash.Memory, (int)i.Roster.Count,
            i.Roster.Root.Memory,
            [.. i.Roster.Entries.Select(e =>
            new Aggregation.RosterEntry(e.ClientId, new AdvertiseKeysMessage(e.Keys.ShareKey.Memory,
                e.Keys.MaskKey.Memory,
                e.Keys.SeedCommitment.Memory, e.Keys.Nonce.Memory, e.Keys.Signature.Memory)))],
            [.. i.Roster.Proofs.Select(p => new Aggregation.InclusionProof((int)p.Place, p.Path.Memory))]),
        Instruction.BodyOneofCase.Shares => new SharesForClient(
            [.. i.Shares.Shares.Select(s => new Aggregation.EncryptedShare(s.From, s.Ciphertext.Memory))]),
        Instruction.BodyOneofCase.Survivors => new SurvivorList([.. i.Survivors.ClientIds], [.. i.Survivors.Dropped]),
        Instruction.BodyOneofCase.Signatures => new SignedSurvivorList([.. i.Signatures.ClientIds],
            [.. i.Signatures.Signatures.Select(s => new Aggregation.SurvivorSignature(s.ClientId,
                s.Signature.Memory))]),
        _ => throw new InvalidOperationException($"no phase message: {i}"),
    };
}
