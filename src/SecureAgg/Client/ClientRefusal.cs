namespace FedMeta.SecureAgg;

/// <summary>Why a client goes no further. The list is closed; every entry protects an input or says that a message
/// cannot be trusted.</summary>
public enum ClientRefusal
{
    /// <summary>The context or its parameters are invalid (<see cref="RoundContext.Validate"/> says what).</summary>
    InvalidContext,

    /// <summary>2t &gt; n + c does not hold, so a lying server could open both secrets of a client.</summary>
    ThresholdTooLow,

    /// <summary>The sparse graph is not safe for a roster of this size
    /// (<see cref="GraphParameterFinder.Covers"/>).</summary>
    GraphTooWeak,

    /// <summary>The client is not a member, or its identity key is not the member's.</summary>
    NotAMember,

    /// <summary>Keys were made for this round and attempt, or a later one, before: masks used twice cancel.</summary>
    RoundAlreadyUsed,

    /// <summary>The round has expired.</summary>
    RoundExpired,

    /// <summary>The client's own input has other vectors, or other lengths, than the plan.</summary>
    InputWrongLength,

    /// <summary>An entry of the client's own input is outside the ring.</summary>
    InputOutOfRange,

    /// <summary>The message belongs to a phase that was answered already.</summary>
    MessageRepeated,

    /// <summary>The message belongs to a later phase.</summary>
    MessageOutOfOrder,

    /// <summary>The round is over for this client.</summary>
    RoundEnded,

    /// <summary>A field has another length than its only one.</summary>
    MalformedMessage,

    /// <summary>A list does not ascend strictly by id: an id stands twice, or the order is not the agreed
    /// one.</summary>
    ListNotAscending,

    /// <summary>The server's round has another hash: plan, model, noise, members, threshold or expiry differ.</summary>
    ContextDiffers,

    /// <summary>The roster is smaller than the threshold or the minimum cohort.</summary>
    RosterTooSmall,

    /// <summary>The roster is larger than the plan allows.</summary>
    RosterTooLarge,

    /// <summary>The roster names someone who is not a member.</summary>
    UnknownMember,

    /// <summary>The client's own entry is missing.</summary>
    OwnEntryMissing,

    /// <summary>The client's own entry is not what it advertised.</summary>
    OwnEntryChanged,

    /// <summary>Complete graph: the entries are not as many as the roster's count, or have another root.</summary>
    RosterRootDiffers,

    /// <summary>Sparse graph: the entries are not exactly the client's own and those of its neighbours.</summary>
    WrongNeighbours,

    /// <summary>Sparse graph: an entry is not under the roster's root at the place that is claimed.</summary>
    BadInclusionProof,

    /// <summary>A public key, commitment or nonce stands in the roster twice.</summary>
    DuplicateKey,

    /// <summary>A public key is not canonically encoded.</summary>
    InvalidKey,

    /// <summary>An advertisement is not signed by its member over this round.</summary>
    BadAdvertisementSignature,

    /// <summary>An agreement came out as zero: the peer's key is a point of low order.</summary>
    ZeroSharedSecret,

    /// <summary>Shares said to be from the client itself.</summary>
    SharesFromSelf,

    /// <summary>Shares from someone outside the roster, or from no neighbour.</summary>
    SharesFromStranger,

    /// <summary>Fewer than the threshold shared (U2 too small, or too few of it are neighbours).</summary>
    TooFewSharers,

    /// <summary>Fewer than the threshold delivered (U3 too small, or too few of it are neighbours).</summary>
    TooFewSurvivors,

    /// <summary>A survivor never shared with this client (U3 is not inside U2), or is no member.</summary>
    SurvivorNotSharer,

    /// <summary>The client delivered but does not stand among the survivors.</summary>
    OwnInputMissing,

    /// <summary>A peer stands both among the survivors and among the dropped: both its secrets would open.</summary>
    PeerInBothLists,

    /// <summary>The server asks for shares of this client's own mask key.</summary>
    OwnMaskKeyRequested,

    /// <summary>The dropped are not exactly those of U2 who do not survive.</summary>
    DroppedListDiffers,

    /// <summary>The survivors changed between the phases.</summary>
    SurvivorsChanged,

    /// <summary>A signer is no survivor.</summary>
    SignerNotSurvivor,

    /// <summary>Sparse graph: a signer is no neighbour of the client.</summary>
    SignerNotNeighbour,

    /// <summary>A survivor's signature does not hold over the survivors that this client was shown.</summary>
    BadSurvivorSignature,

    /// <summary>Fewer than the threshold signed the same survivors.</summary>
    TooFewSignatures,
}
