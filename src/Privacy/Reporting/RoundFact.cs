namespace FedMeta.Privacy;

/// <summary>One attempt at a round, from the ledger.</summary>
/// <param name="Round">Number of the round.</param>
/// <param name="Attempt">Number of the try.</param>
/// <param name="Fate">How it ended.</param>
/// <param name="Survivors">Clients in the sum, threshold to max clients, of a completed attempt; null
/// otherwise.</param>
/// <param name="NearWrap">The decoder's flag of a completed attempt.</param>
public sealed record RoundFact(long Round, int Attempt, RoundFate Fate, int? Survivors, bool NearWrap);
