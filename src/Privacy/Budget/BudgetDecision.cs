namespace FedMeta.Privacy;

/// <summary>Whether an attempt may be reserved.</summary>
public enum BudgetDecision
{
    /// <summary>The cost fits the study's limit and the total.</summary>
    Granted,

    /// <summary>The site grants this study nothing.</summary>
    UnknownStudy,

    /// <summary>The attempt already stands in the budget; a second computation is a new attempt.</summary>
    AlreadyRecorded,

    /// <summary>The study's limit would be exceeded.</summary>
    StudyLimitExceeded,

    /// <summary>The limit over all studies would be exceeded.</summary>
    TotalLimitExceeded,
}
