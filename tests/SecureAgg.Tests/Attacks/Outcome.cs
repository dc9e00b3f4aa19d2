namespace FedMeta.SecureAgg.Tests;

/// <summary>How an attack ends in a test.</summary>
internal enum Outcome
{
    /// <summary>It gains what it is after, from a protocol with something taken out.</summary>
    SucceedsWeakened,

    /// <summary>It gains nothing, from ours.</summary>
    Fails,
}
