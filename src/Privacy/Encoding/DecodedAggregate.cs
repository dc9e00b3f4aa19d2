namespace FedMeta.Privacy;

/// <summary>The noised sum of a round in model units.</summary>
/// <param name="Sum">The plan's dimension of entries. Divide it by a public constant alone
/// (docs/proofs/patient-through-tasks.md).</param>
/// <param name="NearWrap">
/// A coordinate lies beyond 0.45 * 2^b, so some may have wrapped. A loss of utility for the report, never one of
/// privacy.
/// </param>
public sealed record DecodedAggregate(double[] Sum, bool NearWrap);
