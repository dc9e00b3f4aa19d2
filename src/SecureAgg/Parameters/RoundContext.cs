namespace FedMeta.SecureAgg;

/// <summary>All that the parties of a round agree on before phase 0. Its hash (ctx0) stands under every advertisement
/// and salts every key, so clients that were shown different plans, models or members cannot decrypt each other's
/// shares: a server that mixes models gets an abort, not a difference of updates.</summary>
public sealed record RoundContext
{
    /// <summary>Length in bytes of every hash.</summary>
    public const int HashLength = 32;

    private const int MaxTextLength = 4096;
    private static readonly RoundMembers Nobody = new([]);
    private readonly RoundMembers _members = Nobody;

    /// <summary>The study's name, 1 to 4096 characters.</summary>
    public required string Study { get; init; }

    /// <summary>The round and the attempt at it, neither negative.</summary>
    public required RoundId Id { get; init; }

    /// <summary>Hash of the plan that the members approved, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> PlanHash { get; init; }

    /// <summary>Hash of the model that this client received, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> ModelHash { get; init; }

    /// <summary>Vectors, roster, thresholds and graph.</summary>
    public required AggregationParameters Parameters { get; init; }

    /// <summary>Canonical text of the clip and noise parameters, at most 4096 characters.</summary>
    public required string NoiseTerms { get; init; }

    /// <summary>When the round is void; a client answers nothing later.</summary>
    public required DateTimeOffset Expiry { get; init; }

    /// <summary>Number of the group whose sum this is, from 1; 0 where the round has one sum over all members. Members
    /// are those of the group then (<see cref="GroupDraw"/>), and its number stands in the hash: no two groups of a
    /// round share a key.</summary>
    public int Group { get; init; }

    /// <summary>Who may take part: client id to the SubjectPublicKeyInfo of its P-256 identity key (91 bytes). The
    /// caller answers for it: certificates that are expired, revoked or of another authority do not get in
    /// here. Kept as <see cref="RoundMembers"/>, which a caller with thousands of them makes once.</summary>
    public required IReadOnlyDictionary<string, byte[]> Members
    {
        get => _members;
        init => _members = value as RoundMembers ?? new RoundMembers(value);
    }

    /// <summary>Whether the signature is the member's over the statement; false for one who is no member.</summary>
    internal bool IsSignedBy(string clientId, ReadOnlySpan<byte> statement, ReadOnlySpan<byte> signature) =>
        _members.IsSignedBy(clientId, statement, signature);

    /// <summary>All that is wrong with the context, in words; empty where nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var problems = new List<string>(Parameters.Validate());
        if (Study.Length is 0 or > MaxTextLength) problems.Add("the study's name is empty or too long");
        if (NoiseTerms.Length > MaxTextLength) problems.Add("the noise terms are too long");
        if (Id.Round < 0 || Id.Attempt < 0) problems.Add("round or attempt is negative");
        if (Group < 0) problems.Add("the group's number is negative");
        if (PlanHash.Length != HashLength) problems.Add("the plan's hash is not 32 bytes");
        if (ModelHash.Length != HashLength) problems.Add("the model's hash is not 32 bytes");
        problems.AddRange(_members.Problems);
        return problems;
    }

    /// <summary>ctx0: SHA-256 over the canonical encoding of everything above, 32 bytes.</summary>
    public byte[] ComputeHash()
    {
        using var hash = new CanonicalHash("round");
        hash.Add(Study).Add(Id.Round).Add(Id.Attempt).Add(Group).Add(PlanHash.Span).Add(ModelHash.Span);
        hash.Add(Parameters.Vectors.Count);
        foreach (var (name, length, bits) in Parameters.Vectors) hash.Add(name).Add(length).Add(bits);
        hash.Add(Parameters.MaxClients).Add(Parameters.Threshold);
        hash.Add(Parameters.Colluders).Add(Parameters.MinHonestInputs);
        hash.Add(Parameters.Graph?.Neighbours ?? 0).Add(Parameters.Graph?.Threshold ?? 0);
        hash.Add(NoiseTerms).Add(Expiry.UtcTicks).Add(_members.Hash);
        return hash.Finish();
    }
}
