namespace FedMeta.SecureAgg;

/// <summary>Which server a sparse graph withstands, together with the colluding clients (Bell et al. 2020).</summary>
public enum AdversaryClass
{
    /// <summary>A server that follows the protocol and reads what passes.</summary>
    Curious,

    /// <summary>A server that builds the roster honestly, then may tell different clients different things about who
    /// dropped out: it never gets both secrets of one client.</summary>
    SemiMalicious,
}
