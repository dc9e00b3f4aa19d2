namespace FedMeta.Client.Agent;

/// <summary>
/// Why this hospital does not take part in a round, or leaves it. The word travels to the server; the list is closed
/// and says nothing that depends on a patient.
/// </summary>
internal enum RoundRefusal
{
    /// <summary>The hospital's journal holds no approval of this study.</summary>
    NotApproved,

    /// <summary>This round and attempt, or a later one, was begun already: answering again would reveal a
    /// difference.</summary>
    RoundUsed,

    /// <summary>The round's number is not one of the study's.</summary>
    UnknownRound,

    /// <summary>The study's own budget does not allow another round.</summary>
    StudyBudgetExhausted,

    /// <summary>The hospital's budget over all studies does not allow another round.</summary>
    TotalBudgetExhausted,

    /// <summary>The policy changed since the approval and forbids the study now.</summary>
    PolicyRefuses,

    /// <summary>Outside of the hours that the policy allows.</summary>
    OutsideHours,

    /// <summary>The hospital's data file cannot be used at present.</summary>
    DataUnavailable,

    /// <summary>The model that the server sent is not the one that it announced, or does not fit the study.</summary>
    WrongModel,

    /// <summary>The round's message is malformed, or the round expires too late or has expired.</summary>
    BadMessage,

    /// <summary>The secure-aggregation state machine refused a message of the server.</summary>
    ProtocolViolation,

    /// <summary>The roster is smaller than this hospital's policy demands.</summary>
    TooFewPeers,

    /// <summary>The server did not take a message of this hospital, which is therefore out of the round.</summary>
    ServerRefuses,

    /// <summary>The coordinator broke its ledger, and nobody at this hospital has decided to go on.</summary>
    LedgerViolated,

    /// <summary>The coordinator has not shown a checkpoint of its ledger for as long as this hospital goes on without
    /// one.</summary>
    LedgerWithheld,

    /// <summary>The agent stops.</summary>
    Stopping,
}
