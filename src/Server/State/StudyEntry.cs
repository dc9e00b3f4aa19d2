using System.Collections.Immutable;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.State;

/// <summary>One study, as the journal tells it.</summary>
internal sealed record StudyEntry(string Hash, string Name, string Document, Origin Proposed)
{
    /// <summary>Where it stands.</summary>
    public StudyStanding Standing { get; init; } = StudyStanding.Proposed;

    /// <summary>The operator asked for its end; the open attempt is aborted first.</summary>
    public bool StopRequested { get; init; }

    /// <summary>Decisions by client id.</summary>
    public ImmutableSortedDictionary<string, DecisionEntry> Decisions { get; init; } =
        ImmutableSortedDictionary.Create<string, DecisionEntry>(StringComparer.Ordinal);

    /// <summary>When it started, and who had approved.</summary>
    public (Origin Origin, IReadOnlyList<string> Approved)? Started { get; init; }

    /// <summary>Hospitals that are not invited until the operator readmits them, by client id.</summary>
    public ImmutableSortedDictionary<string, ShutOut> ShutOut { get; init; } =
        ImmutableSortedDictionary.Create<string, ShutOut>(StringComparer.Ordinal);

    /// <summary>All attempts at all rounds, in order.</summary>
    public ImmutableList<RoundEntry> Rounds { get; init; } = [];

    /// <summary>How it ended.</summary>
    public (Origin Origin, string Reason)? Ended { get; init; }

    /// <summary>Reports that were made of it.</summary>
    public ImmutableList<(Origin Origin, string Kind, string Digest)> Reports { get; init; } = [];

    /// <summary>The newest empirical audit on record; null where there is none.</summary>
    public (Origin Origin, AuditRecorded Found)? Audit { get; init; }

    /// <summary>Why the coordinator paused the study by itself; null where it did not.</summary>
    public string? PauseReason { get; init; }

    /// <summary>Attempts on record when it did so last; what was rolled back before the operator resumed the study does
    /// not count again.</summary>
    public int RoundsBeforePause { get; init; }

    /// <summary>Rounds whose sum was opened, with a model or rolled back: those that the study's number of rounds
    /// counts.</summary>
    public int PlayedRounds => Rounds.Count(r => r.Outcome is RoundOutcome.Opened);

    /// <summary>The last opened sum, if any.</summary>
    public RoundOutcome.Opened? LastOpened =>
        Rounds.Reverse().Select(r => r.Outcome).OfType<RoundOutcome.Opened>().FirstOrDefault();

    /// <summary>The least probe loss of the initial model and those adopted; null before the first of them, or without
    /// a probe set.</summary>
    public double? LeastProbeLoss => Rounds.Select(r => r.Outcome).OfType<RoundOutcome.Completed>()
        .Select(c => c.Checks).Min(c => c.ProbeLoss < c.ProbeBest ? c.ProbeLoss : c.ProbeBest);

    /// <summary>Rounds rolled back one after another, since the last model and the last pause for them.</summary>
    public int RolledBackInARow => Rounds.Skip(RoundsBeforePause).Reverse()
        .TakeWhile(r => r.Outcome is not RoundOutcome.Completed).Count(r => r.Outcome is RoundOutcome.RolledBack);

    /// <summary>Rounds that gave a model.</summary>
    public int CompletedRounds => Rounds.Count(r => r.Outcome is RoundOutcome.Completed);

    /// <summary>The attempt that has begun and not ended, if any.</summary>
    public RoundEntry? Open => Rounds is [.., { Outcome: null } last] ? last : null;

    /// <summary>The last completed attempt, if any.</summary>
    public RoundOutcome.Completed? LastCompleted =>
        Rounds.Reverse().Select(r => r.Outcome).OfType<RoundOutcome.Completed>().FirstOrDefault();

    /// <summary>The newest attempt that gave a model and whose sum held a hospital's input; null where there is
    /// none.</summary>
    public RoundEntry? LastCountedWith(string client) => Rounds.Reverse().FirstOrDefault(r =>
        r.Outcome is RoundOutcome.Completed completed && completed.Included.Contains(client));

    /// <summary>Nothing can change any more.</summary>
    public bool IsOver => Standing is StudyStanding.Completed or StudyStanding.Partial or StudyStanding.Stopped;

    /// <summary>Attempts aborted one after another since the last completed round. A restart of the server is nobody's
    /// failure; a fault of its own and a draw that left too few groups count where hospitals had paid for the attempt,
    /// so that they cannot use up their budgets.</summary>
    public int AbortedInARow => Rounds.Reverse().TakeWhile(r => r.Outcome is RoundOutcome.Aborted).Count(r =>
        ((RoundOutcome.Aborted)r.Outcome!).Reason switch
        {
            RoundOutcome.ServerRestarted => false,
            RoundOutcome.CoordinatorFault or RoundOutcome.TooFewGroups => r.Inputs.Count > 0,
            _ => true,
        });

    /// <summary>Draws one after another, at the end, that left too few groups and cost nothing: another draw may put
    /// the absent into one group.</summary>
    public int DrawnInVainInARow => Rounds.Reverse().TakeWhile(r => r.Inputs.Count == 0
        && r.Outcome is RoundOutcome.Aborted { Reason: RoundOutcome.TooFewGroups }).Count();
}
