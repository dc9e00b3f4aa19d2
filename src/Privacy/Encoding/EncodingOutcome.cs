namespace FedMeta.Privacy;

/// <summary>What became of one vector. It depends on private data and never leaves the client.</summary>
public enum EncodingOutcome
{
    /// <summary>Rounded at random and added.</summary>
    Rounded,

    /// <summary>Rounding exceeded the norm bound; truncated towards zero and added.</summary>
    Truncated,

    /// <summary>An entry was infinite or not a number; nothing was added.</summary>
    NotFinite,

    /// <summary>Even the truncated vector exceeds the norm bound, which a sound plan excludes; nothing was
    /// added.</summary>
    TooLong,
}
