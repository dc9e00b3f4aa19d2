namespace FedMeta.SecureAgg;

/// <summary>Phase 2, server to every client whose shares arrived (the set U2): the shares meant for it.</summary>
/// <param name="Shares">By sender, in the roster's order, without the receiver: the senders and the receiver are
/// U2.</param>
public sealed record SharesForClient(IReadOnlyList<EncryptedShare> Shares) : ServerMessage
{
    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.CollectMaskedInput;
}
