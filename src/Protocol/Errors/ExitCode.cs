namespace FedMeta.Protocol;

/// <summary>
/// How a command ended, for scripts and service managers. The list is closed: each member has its line in
/// <c>docs/reference/exit-codes.md</c>, and a number is never given a second meaning.
/// </summary>
public enum ExitCode
{
    /// <summary>The command did what was asked.</summary>
    Ok = 0,

    /// <summary>A defect of the program.</summary>
    Unexpected = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>A configuration or policy file is wrong.</summary>
    Configuration = 10,

    /// <summary>The hospital's data cannot be read or do not fit the study.</summary>
    Data = 11,

    /// <summary>A study document is wrong.</summary>
    StudyDocument = 12,

    /// <summary>The hospital's own policy forbids it.</summary>
    PolicyRefuses = 13,

    /// <summary>The privacy budget does not allow it.</summary>
    BudgetExhausted = 14,

    /// <summary>The server does not answer.</summary>
    ServerUnreachable = 20,

    /// <summary>The server showed another key than the pinned one.</summary>
    WrongServerKey = 21,

    /// <summary>The operator has not approved this client yet.</summary>
    NotEnrolled = 22,

    /// <summary>The operator revoked this client.</summary>
    Revoked = 23,

    /// <summary>The invite is used, expired, mistyped or unknown.</summary>
    InviteRefused = 24,

    /// <summary>Client and server versions do not fit.</summary>
    VersionSkew = 25,

    /// <summary>Another program listens on the port.</summary>
    PortInUse = 30,

    /// <summary>The disk or the quota is full.</summary>
    DiskFull = 31,

    /// <summary>The operating system denies access.</summary>
    Permission = 32,

    /// <summary>The home folder is missing or not initialised.</summary>
    NotInitialised = 33,

    /// <summary>The home folder is initialised already, or another process uses it.</summary>
    AlreadyInitialised = 34,

    /// <summary>The journal was changed or damaged.</summary>
    JournalDamaged = 40,

    /// <summary>An audit found a figure or a signature that does not hold.</summary>
    AuditFailed = 41,

    /// <summary>The named study, client, model or file does not exist.</summary>
    NotFound = 42,

    /// <summary>The study ended before all rounds, or without an approved hospital.</summary>
    StudyPartial = 50,

    /// <summary>The operator stopped the study.</summary>
    StudyStopped = 51,
}
