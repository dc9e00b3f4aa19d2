namespace FedMeta.SecureAgg;

/// <summary>Waits for the survivors; signs them, once.</summary>
internal sealed class ClientCheckConsistency(
    Participant participant, AgreedRoster roster, HeldShares held, IReadOnlySet<string> sharers) : ClientState
{
    public override AggregationPhase Phase => AggregationPhase.CheckConsistency;

    private protected override DateTimeOffset Expiry => participant.Context.Expiry;

    private protected override ClientTransition Answer(ServerMessage message)
    {
        var (survivors, dropped) = (SurvivorList)message;
        if (Check(survivors, dropped) is { } refusal) return Refuse(refusal);
        var statement = Statements.Survivors(roster.KeyContext, survivors);
        var outgoing = new ConsistencySignature(IdentitySignature.Sign(participant.Identity, statement));
        var next = new ClientUnmask(participant, roster, held, [.. survivors], [.. dropped]);
        return new ClientTransition(next, outgoing, null);
    }

    private protected override void Erase() => held.Dispose();

    private ClientRefusal? Check(IReadOnlyList<string> survivors, IReadOnlyList<string> dropped)
    {
        if (!ClientIds.AscendStrictly(survivors)) return ClientRefusal.ListNotAscending;
        if (!ClientIds.AscendStrictly(dropped)) return ClientRefusal.ListNotAscending;
        if (dropped.Contains(participant.Self)) return ClientRefusal.OwnMaskKeyRequested;
        if (!survivors.Contains(participant.Self)) return ClientRefusal.OwnInputMissing;
        if (survivors.Intersect(dropped, StringComparer.Ordinal).Any()) return ClientRefusal.PeerInBothLists;
        if (!survivors.All(sharers.Contains)) return ClientRefusal.SurvivorNotSharer;
        if (survivors.Count < participant.Context.Parameters.Threshold) return ClientRefusal.TooFewSurvivors;
        return sharers.SetEquals(survivors.Concat(dropped)) ? null : ClientRefusal.DroppedListDiffers;
    }
}
