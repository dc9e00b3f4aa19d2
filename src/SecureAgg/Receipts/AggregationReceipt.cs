namespace FedMeta.SecureAgg;

/// <summary>Proof of who is in a released sum: the survivors and the signatures of at least the threshold of them. A
/// client keeps it; anyone who knows the round's context can check it.</summary>
/// <param name="Id">The round.</param>
/// <param name="RosterHash">Hash of the roster's size and root, 32 bytes.</param>
/// <param name="Included">Whose inputs are in the sum, strictly ascending.</param>
/// <param name="Signatures">Who attested it.</param>
public sealed record AggregationReceipt(
    RoundId Id,
    ReadOnlyMemory<byte> RosterHash,
    IReadOnlyList<string> Included,
    IReadOnlyList<SurvivorSignature> Signatures)
{
    /// <summary>Whether at least the share threshold of the included (on a sparse graph that of a neighbourhood), all
    /// of them members of <paramref name="context"/>, signed exactly this list for exactly this round.</summary>
    public bool Verify(RoundContext context) => ReceiptCheck.Run(this, context) is null;
}
