using System.Collections.Immutable;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.State;

/// <summary>The checkpoints over the journal, and how far each hospital has checked it.</summary>
internal sealed record LedgerStanding
{
    /// <summary>All checkpoints by their size, the newest last.</summary>
    public ImmutableSortedDictionary<long, CheckpointEntry> Checkpoints { get; init; } =
        ImmutableSortedDictionary<long, CheckpointEntry>.Empty;

    /// <summary>The newest checkpoint; null before the first.</summary>
    public CheckpointEntry? Newest { get; init; }

    /// <summary>Each hospital's newest signature, by client id: <c>Size</c> says how far it has checked.</summary>
    public ImmutableSortedDictionary<string, CoSignatureEntry> CoSigners { get; init; } =
        ImmutableSortedDictionary.Create<string, CoSignatureEntry>(StringComparer.Ordinal);

    /// <summary>The last record that is not itself about the ledger.</summary>
    public long LastFact { get; init; }

    /// <summary>The last record after which a checkpoint is due: a decision, a start, the end of an attempt or of a
    /// study.</summary>
    public long LastDue { get; init; }

    /// <summary>A checkpoint is to be made at once.</summary>
    public bool IsDue => LastDue > CoveredTo;

    /// <summary>A checkpoint of now would cover more than the newest one does, its own records apart.</summary>
    public bool HasUncovered => LastFact > CoveredTo;

    /// <summary>The newest checkpoint that at least one hospital signed; null if there is none.</summary>
    public CheckpointEntry? NewestCoSigned => Checkpoints.Values.Reverse().FirstOrDefault(c => !c.CoSignatures.IsEmpty);

    private long CoveredTo => Newest?.Head.Size ?? 0;

    /// <summary>What follows from a record of another kind.</summary>
    public LedgerStanding After(Origin origin, Fact fact) => fact switch
    {
        LedgerCheckpoint or LedgerCoSigned => this,
        StudyDecided or StudyStarted or StudyEnded or RoundCompleted or RoundRolledBack or RoundAborted =>
            this with { LastFact = origin.Record, LastDue = origin.Record },
        _ => this with { LastFact = origin.Record },
    };
}
