namespace FedMeta.SecureAgg;

/// <summary>A roster as one party holds it for the rest of the round: the entries that it knows (the server and the
/// clients of a complete graph all of them, a client of a sparse graph its own and its neighbours'), the roster's hash,
/// and ctx.</summary>
internal sealed class AgreedRoster
{
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);

    public AgreedRoster(RoundContext context, ReadOnlySpan<byte> contextHash, Roster shown)
        : this(context, contextHash, shown.Count, shown.Root.Span, shown.Entries)
    {
    }

    public AgreedRoster(
        RoundContext context,
        ReadOnlySpan<byte> contextHash,
        int count,
        ReadOnlySpan<byte> root,
        IReadOnlyList<RosterEntry> entries)
    {
        (Context, Count, Entries) = (context, count, [.. entries]);
        Hash = Statements.RosterHash(count, root);
        KeyContext = Statements.RoundKeyContext(contextHash, Hash);
        for (var i = 0; i < entries.Count; i++) _indices.Add(entries[i].ClientId, i);
    }

    public RoundContext Context { get; }

    /// <summary>How many clients the roster has, known here or not.</summary>
    public int Count { get; }

    /// <summary>The entries known here, ascending by id.</summary>
    public IReadOnlyList<RosterEntry> Entries { get; }

    /// <summary>H(count, root).</summary>
    public byte[] Hash { get; }

    /// <summary>ctx = H(ctx0, roster).</summary>
    public byte[] KeyContext { get; }

    /// <summary>Whether everyone shares and masks with everyone.</summary>
    public bool IsComplete => Context.Parameters.Graph is null;

    public bool Contains(string clientId) => _indices.ContainsKey(clientId);

    /// <summary>Where a client stands among the entries known here, from 0.</summary>
    public int IndexOf(string clientId) => _indices[clientId];

    /// <summary>The place of a client where all entries are known, from 1.</summary>
    public int PlaceOf(string clientId) => _indices[clientId] + 1;

    public AdvertiseKeysMessage KeysOf(string clientId) => Entries[_indices[clientId]].Keys;

    /// <summary>u adds its mask with every v before it and subtracts its mask with every v behind it.</summary>
    public static MaskSign SignFor(string client, string peer) =>
        string.CompareOrdinal(peer, client) < 0 ? MaskSign.Add : MaskSign.Subtract;
}
