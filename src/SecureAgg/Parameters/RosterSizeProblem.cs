namespace FedMeta.SecureAgg;

/// <summary>Why a roster of some size cannot be aggregated.</summary>
public enum RosterSizeProblem
{
    /// <summary>Fewer clients than the threshold or the minimum cohort.</summary>
    TooSmall,

    /// <summary>More clients than the plan allows.</summary>
    TooLarge,

    /// <summary>2t &gt; n + c does not hold: a lying server could make two quorums that share no honest
    /// client.</summary>
    ThresholdTooLow,

    /// <summary>A graph of this degree among so many clients leaves a server and its colluders more than 2^-40 of
    /// chance.</summary>
    GraphTooWeak,
}
