namespace FedMeta.Server.Ledger;

/// <summary>Why a signature under a checkpoint is not taken.</summary>
internal enum LedgerRefusal
{
    /// <summary>It is no signature line with the sender's name.</summary>
    Malformed,

    /// <summary>There is no checkpoint of that size.</summary>
    UnknownCheckpoint,

    /// <summary>The sender stands in no study document, so nobody else could check its signature.</summary>
    NotAMember,

    /// <summary>The signature is not the sender's over that checkpoint.</summary>
    BadSignature,

    /// <summary>The sender has signed this checkpoint or a later one.</summary>
    SignedBefore,
}
