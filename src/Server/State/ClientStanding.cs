namespace FedMeta.Server.State;

/// <summary>How far a hospital's enrolment has come.</summary>
internal enum ClientStanding
{
    /// <summary>An invite is out.</summary>
    Invited,

    /// <summary>The invite was used; the operator has to compare the six words.</summary>
    Pending,

    /// <summary>A member.</summary>
    Active,

    /// <summary>Shut out for good.</summary>
    Revoked,
}
