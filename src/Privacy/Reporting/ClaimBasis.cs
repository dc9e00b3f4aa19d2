namespace FedMeta.Privacy;

/// <summary>Which noise a claim counts on.</summary>
public enum ClaimBasis
{
    /// <summary>
    /// Every attempt at its full planned cost, as if the fewest clients had survived: the sum that the budget enforces,
    /// valid whatever made clients drop out.
    /// </summary>
    WorstCase,

    /// <summary>
    /// The clients that really survived; more of them, more noise. Assumes that drop-outs do not depend on values that
    /// were released before.
    /// </summary>
    Realised,
}
