namespace FedMeta.Client.Agent;

/// <summary>Sorts of events that an agent reports.</summary>
internal enum AgentEventKind
{
    /// <summary>Connected, waiting, disconnected.</summary>
    Connection,

    /// <summary>A step within a round.</summary>
    Phase,

    /// <summary>A round ended.</summary>
    RoundEnded,

    /// <summary>The hospital refused.</summary>
    Refused,

    /// <summary>A study ended.</summary>
    StudyEnded,

    /// <summary>About the coordinator's ledger.</summary>
    Ledger,

    /// <summary>Which engine trains, and where.</summary>
    Engine,
}
