namespace FedMeta.Privacy;

/// <summary>What one adversary can learn about one unit from everything released so far.</summary>
/// <param name="Kind">Who it is.</param>
/// <param name="Colluders">Clients whose noise it knows, of its own choice; for all others, every client but
/// one.</param>
/// <param name="Trust">What the claim asks of secure aggregation.</param>
/// <param name="WorstCase">As if the fewest clients that a sum may hold had survived each time: what a budget counts.
/// Valid whatever made clients drop out.</param>
/// <param name="Realised">With the clients that really survived: more of them, more noise. Assumes that drop-outs do not
/// depend on values that were released before.</param>
/// <param name="Curve">Epsilon against delta of <paramref name="WorstCase"/>, from large delta to small.</param>
public sealed record AdversaryClaim(
    AdversaryKind Kind,
    int Colluders,
    AggregationTrust Trust,
    ClaimFigures WorstCase,
    ClaimFigures Realised,
    IReadOnlyList<EpsilonAtDelta> Curve);
