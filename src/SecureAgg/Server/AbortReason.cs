namespace FedMeta.SecureAgg;

/// <summary>Why a round ended without a sum.</summary>
public enum AbortReason
{
    /// <summary>Fewer than the threshold or the minimum cohort advertised keys.</summary>
    TooFewAdvertised,

    /// <summary>Fewer than the threshold shared keys.</summary>
    TooFewShared,

    /// <summary>Fewer than the threshold delivered a masked input.</summary>
    TooFewDelivered,

    /// <summary>Fewer than the threshold signed the survivors.</summary>
    TooFewSigned,

    /// <summary>Fewer than the threshold opened shares.</summary>
    TooFewOpened,

    /// <summary>No set of opened shares gives a client's secret: its shares, or too many of its holders, are
    /// bad.</summary>
    SecretNotRecovered,
}
