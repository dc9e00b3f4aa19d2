namespace FedMeta.Privacy;

/// <summary>How one attempt at a round ended, as the ledger tells it.</summary>
public enum RoundFate
{
    /// <summary>The sum was revealed.</summary>
    Completed,

    /// <summary>Something may have been sent and no sum was revealed. Charged in full, as if the fewest clients
    /// survived.</summary>
    Aborted,

    /// <summary>Ended before anything was sent. Costs nothing.</summary>
    AbortedUnsent,
}
