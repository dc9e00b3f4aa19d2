namespace FedMeta.Server.Rounds;

/// <summary>Why the coordinator does not take a client's round message, beyond what the aggregation itself
/// refuses.</summary>
internal enum RoundRefusal
{
    /// <summary>No attempt with this id is open: it is over, or has not begun.</summary>
    RoundNotOpen,

    /// <summary>The sender was not invited to this attempt or has left it.</summary>
    NotInvited,

    /// <summary>The message is empty, incomplete or not of this phase's kind.</summary>
    Malformed,

    /// <summary>The header or a chunk is missing, doubled, out of order, or of another total than the one
    /// possible.</summary>
    BadUpload,

    /// <summary>What is sent is not what this client began to send in this attempt, or not what the header
    /// says.</summary>
    ContentChanged,

    /// <summary>The signed ledger entry is not what this round costs, or its signature is not the
    /// member's.</summary>
    BadSpend,

    /// <summary>A different ledger entry was announced for this attempt before.</summary>
    SpendChanged,
}
