namespace FedMeta.Client.Witness;

/// <summary>What an honest coordinator never does. Each is shown by its own signatures.</summary>
internal enum ViolationKind
{
    /// <summary>Its journal is shorter than one that it signed before.</summary>
    Truncated,

    /// <summary>Two journals of the same length.</summary>
    SplitView,

    /// <summary>No proof that the journal it signed before is the beginning of this one.</summary>
    NotConsistent,

    /// <summary>A spend of this hospital that it took is not in its journal.</summary>
    SpendDropped,

    /// <summary>A spend of this hospital stands there otherwise than it was sent.</summary>
    SpendChanged,
}
