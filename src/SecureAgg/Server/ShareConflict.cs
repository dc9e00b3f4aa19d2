namespace FedMeta.SecureAgg;

/// <summary>A share that a client opened wrongly or not at all. At least one of the two is at fault: the dealer may
/// have sent a bad share, the holder may have changed a good one.</summary>
/// <param name="Dealer">Whose secret was shared.</param>
/// <param name="Holder">Who should have opened the share.</param>
/// <param name="Kind">What was wrong.</param>
public sealed record ShareConflict(string Dealer, string Holder, ShareConflictKind Kind);
