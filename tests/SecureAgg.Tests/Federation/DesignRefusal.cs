namespace FedMeta.SecureAgg.Tests;

/// <summary>The refusals that the design lists, one for each line, beside the closed lists of the code: a line without
/// a test of its own fails.</summary>
internal enum DesignRefusal
{
    /// <summary>A roster smaller than the threshold.</summary>
    RosterBelowThreshold,

    /// <summary>A roster above the plan.</summary>
    RosterAbovePlan,

    /// <summary>The own entry missing.</summary>
    OwnEntryMissing,

    /// <summary>The own entry changed.</summary>
    OwnEntryChanged,

    /// <summary>The own entry doubled.</summary>
    OwnEntryDoubled,

    /// <summary>A key that stands twice.</summary>
    DuplicatedKey,

    /// <summary>An id that stands twice.</summary>
    DuplicatedId,

    /// <summary>One identity under two names.</summary>
    DuplicatedSubject,

    /// <summary>An identity that the consortium does not name, or no longer.</summary>
    CertificateOutside,

    /// <summary>A bad signature.</summary>
    BadSignature,

    /// <summary>A signature over another ctx0.</summary>
    SignatureOverAnotherRound,

    /// <summary>A threshold that is not above (n + c)/2.</summary>
    ThresholdTooLow,

    /// <summary>n, d, b, clip, sigma or model hash other than the approved.</summary>
    PlanDiffers,

    /// <summary>A round id that was used or is out of order.</summary>
    RoundUsed,

    /// <summary>An all-zero shared secret.</summary>
    ZeroSecret,

    /// <summary>A key that is no point's one encoding.</summary>
    KeyOffCurve,

    /// <summary>A phase message twice.</summary>
    MessageTwice,

    /// <summary>A phase message out of order.</summary>
    MessageOutOfOrder,

    /// <summary>A phase message after the deadline.</summary>
    MessageTooLate,

    /// <summary>Shares from outside the roster.</summary>
    SharesFromOutside,

    /// <summary>Shares from itself.</summary>
    SharesFromItself,

    /// <summary>U2 smaller than t.</summary>
    SharersTooFew,

    /// <summary>U3 smaller than t.</summary>
    SurvivorsTooFew,

    /// <summary>U3 not a subset of U2.</summary>
    SurvivorsNoSubset,

    /// <summary>U3 without itself.</summary>
    SurvivorsWithoutItself,

    /// <summary>Fewer than t signatures.</summary>
    SignaturesTooFew,

    /// <summary>Two different U3.</summary>
    TwoSurvivorLists,

    /// <summary>A peer in both lists.</summary>
    PeerInBothLists,

    /// <summary>A second unmask request, identical or not.</summary>
    SecondUnmask,

    /// <summary>A second masked upload with the same keys.</summary>
    SecondMaskedInput,

    /// <summary>Own input of wrong length.</summary>
    InputWrongLength,

    /// <summary>Own input out of range.</summary>
    InputOutOfRange,

    /// <summary>A request for a share of the own s_u.</summary>
    OwnMaskKeyAsked,

    /// <summary>A share that fails GCM marks only that peer.</summary>
    BadCiphertext,

    /// <summary>Secrets are erased on any abort.</summary>
    ErasedOnAbort,

    /// <summary>Keys are zeroed after the one unmask answer.</summary>
    ErasedAfterUnmask,

    /// <summary>Server: wrong byte length.</summary>
    ServerWrongLength,

    /// <summary>Server: padding bits that are not zero.</summary>
    ServerPadding,

    /// <summary>Server: a second message in a phase.</summary>
    ServerSecondMessage,

    /// <summary>Server: unknown ids.</summary>
    ServerUnknownId,

    /// <summary>Server: shares of the wrong kind.</summary>
    ServerShareKind,

    /// <summary>Server: shares of the wrong length.</summary>
    ServerShareLength,

    /// <summary>Sparse: a neighbour's entry missing.</summary>
    NeighbourMissing,

    /// <summary>Sparse: a neighbour's entry doubled.</summary>
    NeighbourDoubled,

    /// <summary>Sparse: someone else in a neighbour's place.</summary>
    NeighbourWrong,

    /// <summary>Sparse: a bad inclusion proof.</summary>
    ProofBad,

    /// <summary>Sparse: another root.</summary>
    RootWrong,

    /// <summary>Sparse: another count.</summary>
    CountWrong,

    /// <summary>Sparse: other graph parameters.</summary>
    GraphForeign,
}
