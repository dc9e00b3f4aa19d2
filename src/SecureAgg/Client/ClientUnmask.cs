namespace FedMeta.SecureAgg;

/// <summary>Waits for the proof that enough survivors signed the list that this client signed; then opens one share of
/// each peer, once, and forgets the rest.</summary>
internal sealed class ClientUnmask(
    Participant participant,
    AgreedRoster roster,
    HeldShares held,
    IReadOnlyList<string> survivors,
    IReadOnlyList<string> dropped) : ClientState
{
    public override AggregationPhase Phase => AggregationPhase.Unmask;

    private protected override DateTimeOffset Expiry => participant.Context.Expiry;

    private protected override ClientTransition Answer(ServerMessage message)
    {
        var (claimed, signatures) = (SignedSurvivorList)message;
        if (!claimed.SequenceEqual(survivors, StringComparer.Ordinal)) return Refuse(ClientRefusal.SurvivorsChanged);
        var refusal = SurvivorQuorum.Check(participant.Context, roster.KeyContext, survivors, signatures);
        if (refusal is { } reason) return Refuse(reason);
        var opened = held.Open(survivors, dropped);
        held.Dispose();
        var receipt = new AggregationReceipt(participant.Context.Id, roster.Hash, survivors, [.. signatures]);
        return new ClientTransition(new ClientCompleted(receipt), opened, null);
    }

    private protected override void Erase() => held.Dispose();
}
