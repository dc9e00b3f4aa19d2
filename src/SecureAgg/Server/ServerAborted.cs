using System.Diagnostics;

namespace FedMeta.SecureAgg;

/// <summary>The round ended without a sum.</summary>
public sealed class ServerAborted : ServerState
{
    internal ServerAborted(
        RoundContext context,
        AbortReason reason,
        IReadOnlyList<string> clients,
        IReadOnlyList<ShareConflict> conflicts)
        : base(context, [])
    {
        Reason = reason;
        Clients = clients;
        Conflicts = conflicts;
    }

    /// <summary>Why.</summary>
    public AbortReason Reason { get; }

    /// <summary>Too few: who did not answer. A secret not recovered: whose.</summary>
    public IReadOnlyList<string> Clients { get; }

    /// <summary>Shares that were missing or wrong; empty unless secrets were not recovered.</summary>
    public IReadOnlyList<ShareConflict> Conflicts { get; }

    /// <summary>Who is at fault for certain, as for <see cref="ServerCompleted.Culprits"/>.</summary>
    public IReadOnlyList<string> Culprits =>
        ShareConflicts.Culprits(Conflicts, Context.Parameters.CollusionAmongHolders);

    /// <inheritdoc/>
    public override AggregationPhase Phase => AggregationPhase.Ended;

    private protected override ServerRefusal? Accept(string clientId, ClientMessage message) =>
        throw new UnreachableException();

    private protected override ServerTransition Advance() => throw new UnreachableException();
}
