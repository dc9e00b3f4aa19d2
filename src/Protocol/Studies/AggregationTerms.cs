namespace FedMeta.Protocol;

/// <summary>When a sum may be opened.</summary>
/// <param name="Threshold">Inputs t without which no sum is opened; 2t is more than members and colluders
/// together.</param>
/// <param name="MinPeers">Smallest roster of a round.</param>
/// <param name="MinHonestInputs">Honest inputs that a sum holds even if all colluders collude.</param>
/// <param name="Bits">Bits b of a masked number: sums are taken modulo 2^b.</param>
public sealed record AggregationTerms(int Threshold, int MinPeers, int MinHonestInputs, int Bits);
