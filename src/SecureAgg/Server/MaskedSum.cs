namespace FedMeta.SecureAgg;

/// <summary>What the server holds once the inputs are in.</summary>
/// <param name="Roster">The roster.</param>
/// <param name="Survivors">U3, ascending.</param>
/// <param name="Dropped">U2 without U3, ascending.</param>
/// <param name="Vectors">The sum of the survivors' inputs and masks, with whatever lies above the ring.</param>
internal sealed record MaskedSum(
    ServerRoster Roster,
    IReadOnlyList<string> Survivors,
    IReadOnlyList<string> Dropped,
    IReadOnlyList<RingVector> Vectors);
