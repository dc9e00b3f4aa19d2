namespace FedMeta.SecureAgg;

/// <summary>Phase 3 of the server: collects the survivors' signatures over the survivors, and hands each survivor those
/// of all others or, on a sparse graph, of its neighbours.</summary>
internal sealed class ServerCheckConsistency(MaskedSum sum) : ServerState(sum.Roster.Context, sum.Survivors)
{
    private readonly byte[] _statement = Statements.Survivors(sum.Roster.Agreed.KeyContext, sum.Survivors);
    private readonly SortedDictionary<string, SurvivorSignature> _signatures = new(StringComparer.Ordinal);

    public override AggregationPhase Phase => AggregationPhase.CheckConsistency;

    private protected override ServerRefusal? Accept(string clientId, ClientMessage message)
    {
        var signature = ((ConsistencySignature)message).Signature;
        if (signature.Length != IdentitySignature.Length) return ServerRefusal.WrongLength;
        if (!Context.IsSignedBy(clientId, _statement, signature.Span))
        {
            return ServerRefusal.BadSignature;
        }

        _signatures.Add(clientId, new SurvivorSignature(clientId, signature));
        return null;
    }

    // Every survivor gets the list, also one whose own signature came too late: its shares help.
    private protected override ServerTransition Advance()
    {
        if (_signatures.Count < Context.Parameters.Threshold) return AbortTooFew(AbortReason.TooFewSigned);
        var all = new SignedSurvivorList(sum.Survivors, [.. _signatures.Values]);
        var receipt = new AggregationReceipt(Context.Id, sum.Roster.Agreed.Hash, sum.Survivors, all.Signatures);
        var outgoing = sum.Survivors.ToDictionary(
            id => id, ServerMessage (id) => sum.Roster.Agreed.IsComplete ? all : OfNeighbours(id));
        return new ServerTransition(new ServerUnmask(sum, receipt), outgoing);
    }

    private SignedSurvivorList OfNeighbours(string clientId)
    {
        var near = sum.Roster.Graph.PeersOf(sum.Roster.Agreed.PlaceOf(clientId)).Select(sum.Roster.IdAt);
        return new SignedSurvivorList(
            sum.Survivors,
            [.. near.Where(_signatures.ContainsKey).Select(id => _signatures[id])]);
    }
}
