namespace FedMeta.SecureAgg;

/// <summary>Why the server does not take a client's message. The round goes on without it.</summary>
public enum ServerRefusal
{
    /// <summary>The sender is not a member.</summary>
    UnknownClient,

    /// <summary>The sender is a member but missed an earlier phase.</summary>
    NotInRound,

    /// <summary>The message belongs to a phase that is closed: nothing is accepted after its set was
    /// announced.</summary>
    PhaseClosed,

    /// <summary>The message belongs to a later phase.</summary>
    TooEarly,

    /// <summary>The sender answered this phase already; the first answer stands.</summary>
    AlreadyReceived,

    /// <summary>The round is over.</summary>
    RoundEnded,

    /// <summary>The roster has as many clients as the plan allows.</summary>
    RosterFull,

    /// <summary>A field or a masked input has another length than its only one.</summary>
    WrongLength,

    /// <summary>A public key is not canonically encoded or is a point of low order.</summary>
    InvalidKey,

    /// <summary>A public key, commitment or nonce was advertised before.</summary>
    DuplicateKey,

    /// <summary>The signature is not the member's over this statement.</summary>
    BadSignature,

    /// <summary>The shares are not one for every other client of the roster (on a sparse graph: every neighbour), in
    /// its order.</summary>
    WrongRecipients,

    /// <summary>A piece of a masked input does not begin where the pieces before it end.</summary>
    WrongOffset,

    /// <summary>Bits behind the last entry of a vector are not zero.</summary>
    NonZeroPadding,

    /// <summary>A list of opened shares does not ascend strictly by owner.</summary>
    ListNotAscending,

    /// <summary>A share of someone who shared nothing in this round, or not with the sender.</summary>
    UnknownOwner,

    /// <summary>A seed share of a dropped client or a mask-key share of a survivor.</summary>
    WrongShareKind,

    /// <summary>A share is not five elements below 2^61 - 1.</summary>
    MalformedShare,
}
