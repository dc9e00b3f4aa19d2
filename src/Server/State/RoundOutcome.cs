using FedMeta.Server.State.Facts;

namespace FedMeta.Server.State;

/// <summary>How an attempt ended.</summary>
internal abstract record RoundOutcome(Origin Origin, IReadOnlyDictionary<string, string> Excluded)
{
    /// <summary>The reason of an attempt that a restart of the coordinator interrupted.</summary>
    public const string ServerRestarted = "server-restarted";

    /// <summary>The reason of an attempt in which more groups failed than the combination can spare.</summary>
    public const string TooFewGroups = "too-few-groups";

    /// <summary>The reason of an attempt that a fault of the coordinator (a full disk) interrupted.</summary>
    public const string CoordinatorFault = "coordinator-fault";

    /// <summary>The sum was opened, whatever became of it.</summary>
    internal abstract record Opened(Origin Origin, IReadOnlyList<string> Included,
        IReadOnlyDictionary<string, string> Excluded, SumChecks Checks) : RoundOutcome(Origin, Excluded);

    /// <summary>A model was made of the sum.</summary>
    internal sealed record Completed(Origin Origin, IReadOnlyList<string> Included,
        IReadOnlyDictionary<string, string> Excluded, string Model, string Optimizer, SumChecks Checks)
        : Opened(Origin, Included, Excluded, Checks);

    /// <summary>The sum did not pass the checks; model and optimiser are those from before the round.</summary>
    internal sealed record RolledBack(Origin Origin, IReadOnlyList<string> Included,
        IReadOnlyDictionary<string, string> Excluded, string Reason, SumChecks Checks)
        : Opened(Origin, Included, Excluded, Checks);

    /// <summary>No sum was opened.</summary>
    internal sealed record Aborted(Origin Origin, string Reason, string Phase, IReadOnlyDictionary<string,
        string> Excluded)
        : RoundOutcome(Origin, Excluded);
}
