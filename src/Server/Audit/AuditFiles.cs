namespace FedMeta.Server.Audit;

/// <summary>What is held against a journal. Nobody's word is taken for any of it.</summary>
internal sealed record AuditFiles
{
    /// <summary>Signed checkpoints, with names for messages.</summary>
    public IReadOnlyList<(string Name, byte[] Content)> Checkpoints { get; init; } = [];

    /// <summary>A privacy report in JSON, or null.</summary>
    public (string Name, byte[] Content)? Report { get; init; }

    /// <summary>Keys that may be the coordinator's, beside those in the journal: the pin in the first record says which
    /// is.</summary>
    public IReadOnlyList<byte[]> Keys { get; init; } = [];
}
