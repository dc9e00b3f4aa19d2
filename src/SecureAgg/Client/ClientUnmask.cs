namespace FedMeta.SecureAgg;

/// <summary>Waits for the proof that enough survivors signed the list that this client signed (on a sparse graph:
/// enough of its neighbours); then opens one share of each peer, once, and forgets the rest.</summary>
internal sealed class ClientUnmask(
    Participant participant,
    AgreedRoster roster,
    HeldShares held,
    byte[] statement,
    IReadOnlyList<string> survivors,
    IReadOnlyList<string> dropped) : ClientState
{
    public override AggregationPhase Phase => AggregationPhase.Unmask;

    private protected override DateTimeOffset Expiry => participant.Context.Expiry;

    private protected override ClientTransition Answer(ServerMessage message)
    {
        var (claimed, signatures) = (SignedSurvivorList)message;

        // The whole list is known here by the statement over it: the same bytes are the same list.
        if (!statement.AsSpan().SequenceEqual(Statements.Survivors(roster.KeyContext, claimed)))
        {
            return Refuse(ClientRefusal.SurvivorsChanged);
        }

        if (Check(signatures) is { } refusal) return Refuse(refusal);
        var opened = held.Open(survivors, dropped);
        held.Dispose();
        var receipt = new AggregationReceipt(participant.Context.Id, roster.Hash, claimed, [.. signatures]);
        return new ClientTransition(new ClientCompleted(receipt), opened, null);
    }

    private protected override void Erase() => held.Dispose();

    private ClientRefusal? Check(IReadOnlyList<SurvivorSignature> signatures)
    {
        if (!roster.IsComplete && signatures.Any(each => IsNoNeighbour(each.ClientId)))
        {
            return ClientRefusal.SignerNotNeighbour;
        }

        return SurvivorQuorum.Check(participant.Context, statement, survivors, signatures);
    }

    private bool IsNoNeighbour(string id) => id == participant.Self || !roster.Contains(id);
}
