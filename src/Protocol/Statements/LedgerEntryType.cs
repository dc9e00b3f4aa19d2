namespace FedMeta.Protocol;

/// <summary>
/// What a hospital's ledger says. A parameter never changes within a study: the signed document fixes all of them, and
/// another one is another study with a grant of its own.
/// </summary>
public enum LedgerEntryType
{
    /// <summary>The hospital approved the study: so much may be spent.</summary>
    Grant,

    /// <summary>An attempt may be sent. On disk before its noise is used; counts as spent until it is
    /// aborted.</summary>
    Reserve,

    /// <summary>The masked input is about to leave. Final; the only entry that travels with a message.</summary>
    Spend,

    /// <summary>An attempt ended before anything that depends on data was sent: its reserve is given back.</summary>
    Abort,

    /// <summary>The sum of an attempt was opened, with so many survivors by the receipt that the hospital
    /// checked.</summary>
    Release,

    /// <summary>The study is over: nothing more will be spent.</summary>
    Close,
}
