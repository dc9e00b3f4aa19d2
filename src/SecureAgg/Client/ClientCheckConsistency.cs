namespace FedMeta.SecureAgg;

/// <summary>Waits for the survivors; signs them, once. What is signed is the whole list; what is checked beyond its
/// form is the client and those peers that shared with it, which are all others on the complete graph.</summary>
internal sealed class ClientCheckConsistency(
    Participant participant, AgreedRoster roster, HeldShares held, IReadOnlySet<string> sharers) : ClientState
{
    public override AggregationPhase Phase => AggregationPhase.CheckConsistency;

    private protected override DateTimeOffset Expiry => participant.Context.Expiry;

    private protected override ClientTransition Answer(ServerMessage message)
    {
        var (survivors, dropped) = (SurvivorList)message;
        var near = survivors.Where(roster.Contains).ToList();
        var lost = dropped.Where(roster.Contains).ToList();
        if (CheckForm(survivors, dropped) is { } malformed) return Refuse(malformed);
        if (CheckMembers(survivors, dropped) is { } stranger) return Refuse(stranger);
        if (CheckPeers(survivors.Count, near, lost) is { } unsafeList) return Refuse(unsafeList);
        var statement = Statements.Survivors(roster.KeyContext, survivors);
        var outgoing = new ConsistencySignature(IdentitySignature.Sign(participant.Identity, statement));
        return new ClientTransition(new ClientUnmask(participant, roster, held, statement, near, lost), outgoing, null);
    }

    private protected override void Erase() => held.Dispose();

    private ClientRefusal? CheckForm(IReadOnlyList<string> survivors, IReadOnlyList<string> dropped)
    {
        if (!ClientIds.AscendStrictly(survivors)) return ClientRefusal.ListNotAscending;
        if (!ClientIds.AscendStrictly(dropped)) return ClientRefusal.ListNotAscending;
        if (dropped.Contains(participant.Self)) return ClientRefusal.OwnMaskKeyRequested;
        if (!survivors.Contains(participant.Self)) return ClientRefusal.OwnInputMissing;
        return ClientIds.HaveCommon(survivors, dropped) ? ClientRefusal.PeerInBothLists : null;
    }

    // Of clients that are no neighbours nothing is known but that they must be members.
    private ClientRefusal? CheckMembers(IReadOnlyList<string> survivors, IReadOnlyList<string> dropped)
    {
        if (!survivors.All(MayBeThere)) return ClientRefusal.SurvivorNotSharer;
        if (!dropped.All(MayBeThere)) return ClientRefusal.DroppedListDiffers;
        return survivors.Count + dropped.Count > roster.Count ? ClientRefusal.DroppedListDiffers : null;

        bool MayBeThere(string id) => roster.Contains(id)
            || (!roster.IsComplete && participant.Context.Members.ContainsKey(id));
    }

    private ClientRefusal? CheckPeers(int survivors, List<string> near, List<string> lost)
    {
        if (near.Any(id => id != participant.Self && !sharers.Contains(id))) return ClientRefusal.SurvivorNotSharer;
        var parameters = participant.Context.Parameters;
        if (survivors < parameters.Threshold) return ClientRefusal.TooFewSurvivors;
        if (!roster.IsComplete && near.Count - 1 < parameters.ShareThreshold) return ClientRefusal.TooFewSurvivors;
        var accounted = lost.All(sharers.Contains) && near.Count - 1 + lost.Count == sharers.Count;
        return accounted ? null : ClientRefusal.DroppedListDiffers;
    }
}
