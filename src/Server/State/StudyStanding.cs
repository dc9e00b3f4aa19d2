namespace FedMeta.Server.State;

/// <summary>Where a study stands.</summary>
internal enum StudyStanding
{
    /// <summary>Members are deciding.</summary>
    Proposed,

    /// <summary>Rounds run.</summary>
    Running,

    /// <summary>The operator paused it; the open round is finished first.</summary>
    Paused,

    /// <summary>All rounds were completed.</summary>
    Completed,

    /// <summary>It ended early because too few hospitals could go on.</summary>
    Partial,

    /// <summary>The operator stopped it, or too few approved.</summary>
    Stopped,
}
