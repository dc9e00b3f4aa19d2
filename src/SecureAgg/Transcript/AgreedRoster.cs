namespace FedMeta.SecureAgg;

/// <summary>A roster as one party holds it for the rest of the round: the places of its clients, its hash, and
/// ctx.</summary>
internal sealed class AgreedRoster
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    public AgreedRoster(RoundContext context, ReadOnlySpan<byte> contextHash, IReadOnlyList<RosterEntry> entries)
    {
        Context = context;
        Entries = [.. entries];
        Hash = Statements.RosterHash(entries);
        KeyContext = Statements.RoundKeyContext(contextHash, Hash);
        for (var i = 0; i < entries.Count; i++) _places.Add(entries[i].ClientId, i + 1);
    }

    public RoundContext Context { get; }

    public IReadOnlyList<RosterEntry> Entries { get; }

    public byte[] Hash { get; }

    /// <summary>ctx = H(ctx0, roster).</summary>
    public byte[] KeyContext { get; }

    public bool Contains(string clientId) => _places.ContainsKey(clientId);

    /// <summary>The Shamir coordinate of a client, from 1.</summary>
    public int PlaceOf(string clientId) => _places[clientId];

    public AdvertiseKeysMessage KeysOf(string clientId) => Entries[_places[clientId] - 1].Keys;

    /// <summary>u adds its mask with every v before it and subtracts its mask with every v behind it.</summary>
    public static MaskSign SignFor(string client, string peer) =>
        string.CompareOrdinal(peer, client) < 0 ? MaskSign.Add : MaskSign.Subtract;
}
