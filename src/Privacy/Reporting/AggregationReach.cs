namespace FedMeta.Privacy;

/// <summary>How many colluding clients secure aggregation withstands (docs/proofs/secure-aggregation.md).</summary>
/// <param name="AgainstLies">With a coordinator that breaks the protocol; -1 where such a one is not covered.</param>
/// <param name="InProtocol">With a coordinator that keeps to the protocol; at least
/// <paramref name="AgainstLies"/>.</param>
public sealed record AggregationReach(int AgainstLies, int InProtocol);
