namespace FedMeta.SecureAgg;

/// <summary>Phase 2 of the server: adds the masked inputs as they arrive; none is kept.</summary>
internal sealed class ServerCollectMaskedInput(AgreedRoster roster, IReadOnlyCollection<string> sharers)
    : ServerState(roster.Context, sharers)
{
    private readonly IReadOnlyList<RingVector> _sum =
        [.. roster.Context.Parameters.Vectors.Select(shape => new RingVector(shape.Length, shape.RingBits))];

    public override AggregationPhase Phase => AggregationPhase.CollectMaskedInput;

    private protected override ServerRefusal? Accept(string clientId, ClientMessage message)
    {
        var packed = ((MaskedInputMessage)message).Packed.Span;
        var layout = new PackedLayout(Context.Parameters.Vectors);
        if (packed.Length != layout.Length) return ServerRefusal.WrongLength;
        if (!RingPacking.HasZeroPadding(packed, layout)) return ServerRefusal.NonZeroPadding;
        for (var i = 0; i < _sum.Count; i++)
        {
            RingPacking.Add(packed[(int)layout.StartOf(i)..], 0, _sum[i].Length, _sum[i]);
        }

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
