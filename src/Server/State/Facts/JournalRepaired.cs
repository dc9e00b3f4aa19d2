namespace FedMeta.Server.State.Facts;

/// <summary>The journal cut off a line of <c>Bytes</c> bytes that a crash had torn; written by the journal
/// itself.</summary>
internal sealed record JournalRepaired(long Bytes) : Fact;
