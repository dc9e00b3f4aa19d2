namespace FedMeta.Client.Budget;

/// <summary>Whether an attempt at a round may begin.</summary>
internal enum ReserveOutcome
{
    /// <summary>On record; noise may be drawn.</summary>
    Reserved,

    /// <summary>The newest decision on this document is no approval.</summary>
    NotApproved,

    /// <summary>The study is over by this hospital's own ledger.</summary>
    StudyClosed,

    /// <summary>This attempt or a later one was begun before.</summary>
    RoundUsed,

    /// <summary>The study's limit would be exceeded.</summary>
    StudyExhausted,

    /// <summary>The limit over all studies would be exceeded.</summary>
    TotalExhausted,
}
