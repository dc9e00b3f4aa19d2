namespace FedMeta.Privacy;

/// <summary>What a line of the budget says.</summary>
public enum BudgetEntryKind
{
    /// <summary>Written before the noise is drawn: the attempt may be sent. Counts as spent until it is
    /// aborted.</summary>
    Reserve,

    /// <summary>Written before the message leaves. Final.</summary>
    Spend,

    /// <summary>The attempt ended before anything was sent. Releases a reservation that was never spent.</summary>
    Abort,
}
