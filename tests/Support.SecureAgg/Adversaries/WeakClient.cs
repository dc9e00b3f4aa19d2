using System.Security.Cryptography;

namespace FedMeta.SecureAgg.Tests;

/// <summary>A client of the same protocol, put together from the product's pieces, from which single checks can be
/// taken out. It erases nothing: an adversary that runs it reads everything off it.</summary>
internal sealed class WeakClient : ClientActor
{
    private readonly RoundContext _context;
    private readonly byte[] _contextHash;
    private readonly Weakness _weakness;
    private readonly RandomNumberGenerator _random;
    private readonly Queue<uint[]> _inputs;
    private readonly OneRoundKeys _own;
    private HeldShares? _held;
    private Participant? _participant;
    private AgreedRoster? _roster;
    private SurvivorList? _seen;
    private AggregationPhase _phase = AggregationPhase.ShareKeys;

    public WeakClient(
        RoundContext context, string id, IEnumerable<uint[]> inputs, RandomNumberGenerator random, Weakness weakness)
        : base(id)
    {
        _context = Has(weakness, Weakness.NoModelHash) ? context with { ModelHash = new byte[32] } : context;
        _contextHash = _context.ComputeHash();
        (_weakness, _random, _inputs) = (weakness, random, new(inputs));
        _own = new OneRoundKeys(random);
    }

    /// <summary>What the client says in clear beside its upload; null for nothing.</summary>
    public string? Beside { get; private set; }

    public byte[] Seed => _own.Seed.Span.ToArray();

    public OpenKeys Keys => new(_roster!, Id, _own.ShareKey.Span.ToArray(), _own.MaskKey.Span.ToArray());

    /// <summary>The shares of others that it holds, and of its own seed.</summary>
    public HeldShares Held => _held ?? throw new InvalidOperationException("there are no shares yet");

    public IReadOnlySet<string> Sharers { get; private set; } = new HashSet<string>();

    /// <summary>Signs any list.</summary>
    public SurvivorSignature Sign(IReadOnlyList<string> survivors) => new(
        Id,
        IdentitySignature.Sign(Consortium.IdentityOf(Id), Statements.Survivors(_roster!.KeyContext, survivors)));

    public override ClientMessage? Start()
    {
        var parameters = _context.Parameters;
        if (!parameters.HasQuorum(parameters.MaxClients)) return Refuse(ClientRefusal.ThresholdTooLow);
        if (_context.Validate().Count > 0 && !Has(Weakness.AnyCohort)) return Refuse(ClientRefusal.InvalidContext);
        var unsigned = _own.Advertise(_contextHash, Id, _random);
        var statement = Statements.Advertisement(_contextHash, Id, unsigned);
        var identity = Consortium.IdentityOf(Id);
        var advertised = unsigned with { Signature = IdentitySignature.Sign(identity, statement) };
        _participant = new Participant(_context, _contextHash, Id, identity, advertised);
        return advertised;
    }

    public override ClientMessage? Receive(ServerMessage message)
    {
        if (Refusal is not null) return null;
        var again = Has(Weakness.ReusesMasks) && message is SharesForClient && _inputs.Count > 0;
        if (message.Phase < _phase && !again) return Refuse(ClientRefusal.MessageRepeated);
        return message switch
        {
            Roster roster => Share(roster),
            SharesForClient shares => Mask(shares.Shares),
            SurvivorList survivors => Sign(survivors),
            SignedSurvivorList signed => Open(signed),
            _ => throw new ArgumentException("no message of this protocol", nameof(message)),
        };
    }

    private static bool Has(Weakness weakness, Weakness one) => (weakness & one) != 0;

    private bool Has(Weakness one) => Has(_weakness, one);

    private ClientMessage? Refuse(ClientRefusal refusal)
    {
        Refusal = refusal;
        return null;
    }

    private ClientMessage? Share(Roster message)
    {
        var refusal = RosterCheck.Run(_participant!, message);
        var overlooked = refusal switch
        {
            ClientRefusal.BadAdvertisementSignature => Has(Weakness.NoIdentitySignatures),
            ClientRefusal.RosterTooSmall => Has(Weakness.AnyCohort),
            _ => refusal is null,
        };
        if (!overlooked) return Refuse(refusal!.Value);
        _roster = new AgreedRoster(_context, _contextHash, message);
        _held = new HeldShares(_roster, Id);
        _phase = AggregationPhase.CollectMaskedInput;
        var (count, threshold) = (message.Entries.Count, _context.Parameters.Threshold);
        var (seeds, keys) = (new byte[count * ShamirSharing.ShareLength], new byte[count * ShamirSharing.ShareLength]);
        ShamirSharing.Split(_own.Seed.Span, threshold, count, seeds, _random);
        ShamirSharing.Split(_own.MaskKey.Span, threshold, count, keys, _random);
        var encrypted = new List<EncryptedShare>();
        for (var i = 0; i < count; i++)
        {
            var place = (i * ShamirSharing.ShareLength)..((i + 1) * ShamirSharing.ShareLength);
            var peer = message.Entries[i].ClientId;
            if (peer == Id) Held.HoldOwnSeed(seeds[place]);
            else encrypted.Add(new(peer, Keys.Seal(peer, [.. seeds[place], .. keys[place]])));
        }

        return new ShareKeysMessage(encrypted);
    }

    private ClientMessage? Mask(IReadOnlyList<EncryptedShare> shares)
    {
        if (_phase == AggregationPhase.CollectMaskedInput)
        {
            if (shares.Count + 1 < _context.Parameters.Threshold) return Refuse(ClientRefusal.TooFewSharers);
            Sharers = shares.Select(share => share.Peer).Append(Id).ToHashSet(StringComparer.Ordinal);
            foreach (var (peer, ciphertext) in shares)
            {
                if (Keys.Open(peer, ciphertext.Span) is { } pair) Held.Hold(peer, pair);
                else if (Has(Weakness.AbortsOnBadCiphertext)) return Refuse(ClientRefusal.MalformedMessage);
            }
        }

        _phase = AggregationPhase.CheckConsistency;
        var masks = Sharers.Where(peer => peer != Id)
            .Select(peer => (Key: Keys.MaskWith(peer), Sign: AgreedRoster.SignFor(Id, peer)))
            .ToList();
        if (!Has(Weakness.NoSelfMask)) masks.Add((Seed, MaskSign.Add));
        if (Has(Weakness.WeakGenerator)) masks = [.. masks.Select(mask => (FoldedKey.Fold(mask.Key), mask.Sign))];
        var vector = _inputs.Dequeue().ToArray();
        if (Has(Weakness.ClearSideData)) Beside = $"weight={vector[0]}";
        PlainVector.Apply(_context, vector, masks);
        return new MaskedInputMessage(RingPacking.Pack(PlainVector.Of(_context, vector)));
    }

    private ClientMessage? Sign(SurvivorList list)
    {
        var (survivors, dropped) = list;
        if (dropped.Contains(Id)) return Refuse(ClientRefusal.OwnMaskKeyRequested);
        if (!survivors.Contains(Id)) return Refuse(ClientRefusal.OwnInputMissing);
        if (survivors.Intersect(dropped).Any() && !Has(Weakness.OpensBothKinds))
        {
            return Refuse(ClientRefusal.PeerInBothLists);
        }

        if (survivors.Count < _context.Parameters.Threshold) return Refuse(ClientRefusal.TooFewSurvivors);
        if (!Sharers.SetEquals(survivors.Concat(dropped))) return Refuse(ClientRefusal.DroppedListDiffers);
        (_seen, _phase) = (list, AggregationPhase.Unmask);
        return Has(Weakness.NoConsistencyRound)
            ? Held.Open(survivors, dropped)
            : new ConsistencySignature(Sign(survivors).Signature);
    }

    private ClientMessage? Open(SignedSurvivorList signed)
    {
        var (survivors, dropped) = _seen!;
        if (!signed.Survivors.SequenceEqual(survivors)) return Refuse(ClientRefusal.SurvivorsChanged);
        var statement = Statements.Survivors(_roster!.KeyContext, survivors);
        var refusal = SurvivorQuorum.Check(_context, statement, survivors, signed.Signatures);
        if (refusal is { } reason) return Refuse(reason);
        _phase = AggregationPhase.Ended;
        return Held.Open(survivors, dropped);
    }
}
