namespace FedMeta.SecureAgg;

/// <summary>What keeps a receipt from proving who is in a sum.</summary>
public enum ReceiptProblem
{
    /// <summary>It is about another round or attempt, or the roster's hash is not 32 bytes.</summary>
    AnotherRound,

    /// <summary>The list of clients or of signers does not ascend strictly.</summary>
    NotAscending,

    /// <summary>It names someone in the sum who is no member.</summary>
    UnknownMember,

    /// <summary>A signer is no member, or is not in the sum itself.</summary>
    SignerNotIncluded,

    /// <summary>Fewer than the threshold signed.</summary>
    TooFewSignatures,

    /// <summary>A signature is not its member's over this list in this round.</summary>
    BadSignature,
}
