namespace FedMeta.Privacy;

/// <summary>What a claim asks of secure aggregation, which hides each input in the sum.</summary>
public enum AggregationTrust
{
    /// <summary>It holds even if the coordinator breaks the protocol.</summary>
    CoordinatorMayLie,

    /// <summary>It holds as long as the coordinator keeps to the protocol.</summary>
    CoordinatorKeepsToProtocol,

    /// <summary>Nothing: the claim counts on no noise but the client's own.</summary>
    NotNeeded,
}
