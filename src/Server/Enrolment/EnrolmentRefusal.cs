namespace FedMeta.Server.Enrolment;

/// <summary>
/// Why an invite was not taken. The journal has the reason; the caller hears the same word for all of them, so that
/// nobody
/// can find out which hospitals were invited.
/// </summary>
internal enum EnrolmentRefusal
{
    /// <summary>The invite was used, or burnt by wrong tries.</summary>
    Used,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>The proof is not made with its secret.</summary>
    WrongProof,

    /// <summary>The certificate request is not one, or not signed with its own P-256 key, or of a key that is
    /// enrolled.</summary>
    BadRequest,
}
