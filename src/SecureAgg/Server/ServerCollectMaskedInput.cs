namespace FedMeta.SecureAgg;

/// <summary>Phase 2 of the server: adds the masked inputs as they arrive; none is kept.</summary>
internal sealed class ServerCollectMaskedInput(AgreedRoster roster, IReadOnlyCollection<string> sharers)
    : ServerState(roster.Context, sharers)
{
    private readonly uint[] _sum = new uint[roster.Context.Parameters.VectorLength];

    public override AggregationPhase Phase => AggregationPhase.CollectMaskedInput;

    private protected override ServerRefusal? Accept(string clientId, ClientMessage message)
    {
        var packed = ((MaskedInputMessage)message).Packed.Span;
        var bits = Context.Parameters.RingBits;
        if (packed.Length != RingPacking.PackedLength(_sum.Length, bits)) return ServerRefusal.WrongLength;
        if (!RingPacking.HasZeroPadding(packed, _sum.Length, bits)) return ServerRefusal.NonZeroPadding;
        RingPacking.AddPacked(packed, bits, _sum);
        return null;
    }

    private protected override ServerTransition Advance()
    {
        if (Received.Count < Context.Parameters.Threshold) return AbortTooFew(AbortReason.TooFewDelivered);
        var sum = new MaskedSum(roster, [.. Received], [.. Awaited.Order(StringComparer.Ordinal)], _sum);
        var message = new SurvivorList(sum.Survivors, sum.Dropped);
        var outgoing = sum.Survivors.ToDictionary(id => id, ServerMessage (_) => message);
        return new ServerTransition(new ServerCheckConsistency(sum), outgoing);
    }
}
