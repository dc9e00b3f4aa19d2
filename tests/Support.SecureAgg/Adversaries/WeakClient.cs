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
        Own = new OneRoundKeys(random);
    }

    /// <summary>A client of the product that has advertised and now changes sides: the same keys.</summary>
    public WeakClient(HonestClient turned, RoundContext context, uint[] input, RandomNumberGenerator random)
        : base(turned.Id)
    {
        (_context, _contextHash) = (context, context.ComputeHash());
        (_weakness, _random, _inputs) = (Weakness.None, random, new([input]));
        Own = Secrets.Reachable<OneRoundKeys>(turned.State!).Single();
        _participant = Secrets.Reachable<Participant>(turned.State!).Single();
    }

    /// <summary>What the client says in clear beside its upload; null for nothing.</summary>
    public string? Beside { get; private set; }

    /// <summary>Its secrets of phase 0.</summary>
    public OneRoundKeys Own { get; }

    public byte[] Seed => Own.Seed.Span.ToArray();

    public OpenKeys Keys => new(_roster!, Id, Own.ShareKey.Span.ToArray(), Own.MaskKey.Span.ToArray());

    /// <summary>The shares of others that it holds and, on the complete graph, of its own seed.</summary>
    public HeldShares Held => field ??= new HeldShares(_roster!, Id);

    /// <summary>The peers whose shares it was given.</summary>
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
        var unsigned = Own.Advertise(_contextHash, Id, _random);
        var statement = Statements.Advertisement(_contextHash, Id, unsigned);
        var identity = Consortium.IdentityOf(Id);
        var advertised = unsigned with { Signature = IdentitySignature.Sign(identity, statement) };
        _participant = new Participant(_context, _contextHash, Id, identity, advertised, 1);
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
        _phase = AggregationPhase.CollectMaskedInput;
        var holders = _roster.Entries.Select(entry => entry.ClientId)
            .Where(id => _roster.IsComplete || id != Id)
            .ToList();
        var (count, threshold) = (holders.Count, _context.Parameters.ShareThreshold);
        var (seeds, keys) = (new byte[count * ShamirSharing.ShareLength], new byte[count * ShamirSharing.ShareLength]);
        ShamirSharing.Split(Own.Seed.Span, threshold, count, seeds, _random);
        ShamirSharing.Split(Own.MaskKey.Span, threshold, count, keys, _random);
        var encrypted = new List<EncryptedShare>();
        for (var i = 0; i < count; i++)
        {
            var place = (i * ShamirSharing.ShareLength)..((i + 1) * ShamirSharing.ShareLength);
            if (holders[i] == Id) Held.HoldOwnSeed(seeds[place]);
            else encrypted.Add(new(holders[i], Keys.Seal(holders[i], [.. seeds[place], .. keys[place]])));
        }

        return new ShareKeysMessage(encrypted);
    }

    private ClientMessage? Mask(IReadOnlyList<EncryptedShare> shares)
    {
        if (_phase == AggregationPhase.CollectMaskedInput)
        {
            var holders = _roster!.IsComplete ? shares.Count + 1 : shares.Count;
            if (holders < _context.Parameters.ShareThreshold) return Refuse(ClientRefusal.TooFewSharers);
            Sharers = shares.Select(share => share.Peer).ToHashSet(StringComparer.Ordinal);
            foreach (var (peer, ciphertext) in shares)
            {
                if (Keys.Open(peer, ciphertext.Span) is { } pair) Held.Hold(peer, pair);
                else if (Has(Weakness.AbortsOnBadCiphertext)) return Refuse(ClientRefusal.MalformedMessage);
            }
        }

        _phase = AggregationPhase.CheckConsistency;
        var masks = Sharers.Select(peer => (Key: Keys.MaskWith(peer), Sign: AgreedRoster.SignFor(Id, peer))).ToList();
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
        var near = Near(list);
        if (!Sharers.SetEquals(near.Survivors.Concat(near.Dropped).Where(id => id != Id)))
        {
            return Refuse(ClientRefusal.DroppedListDiffers);
        }

        (_seen, _phase) = (list, AggregationPhase.Unmask);
        return Has(Weakness.NoConsistencyRound)
            ? Held.Open(near.Survivors, near.Dropped)
            : new ConsistencySignature(Sign(survivors).Signature);
    }

    private ClientMessage? Open(SignedSurvivorList signed)
    {
        if (!signed.Survivors.SequenceEqual(_seen!.Survivors)) return Refuse(ClientRefusal.SurvivorsChanged);
        var (near, lost) = Near(_seen);
        var statement = Statements.Survivors(_roster!.KeyContext, _seen.Survivors);
        var refusal = SurvivorQuorum.Check(_context, statement, near, signed.Signatures);
        if (refusal is { } reason) return Refuse(reason);
        _phase = AggregationPhase.Ended;
        return Held.Open(near, lost);
    }

    // Those of whom the client knows anything: everyone, or its neighbours and itself.
    private SurvivorList Near(SurvivorList list) =>
        new([.. list.Survivors.Where(_roster!.Contains)], [.. list.Dropped.Where(_roster!.Contains)]);
}
