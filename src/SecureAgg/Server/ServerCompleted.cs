using System.Diagnostics;

namespace FedMeta.SecureAgg;

/// <summary>The round ended with a sum.</summary>
public sealed class ServerCompleted : ServerState
{
    internal ServerCompleted(
        RoundContext context,
        IReadOnlyList<RingVector> sum,
        AggregationReceipt receipt,
        IReadOnlyList<ShareConflict> conflicts)
        : base(context, [])
    {
        Sum = sum;
        Receipt = receipt;
        Conflicts = conflicts;
    }

    /// <summary>The sum of the included inputs, each vector modulo its own 2^b, in the parameters' order.</summary>
    public IReadOnlyList<RingVector> Sum { get; }

    /// <summary>Whose inputs are in the sum, in ascending order.</summary>
    public IReadOnlyList<string> Included => Receipt.Included;

    /// <summary>The survivors and their signatures.</summary>
    public AggregationReceipt Receipt { get; }

    /// <summary>Shares that were missing or wrong although the sum could be unmasked.</summary>
    public IReadOnlyList<ShareConflict> Conflicts { get; }

    /// <summary>Who is at fault for certain, as long as at most <see cref="AggregationParameters.Colluders"/> (and at
    /// least one) clients misbehave, and on a sparse graph no more of a neighbourhood than its thresholds withstand:
    /// everyone in conflict with more clients than that. In ascending order.</summary>
    public IReadOnlyList<string> Culprits =>
        ShareConflicts.Culprits(Conflicts, Context.Parameters.CollusionAmongHolders);

    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.Ended;

    private protected override ServerRefusal? Accept(string clientId, ClientMessage message) =>
        throw new UnreachableException();

    private protected override ServerTransition Advance() => throw new UnreachableException();
}
