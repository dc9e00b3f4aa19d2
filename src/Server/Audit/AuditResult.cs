namespace FedMeta.Server.Audit;

/// <summary>What an audit looked at, and the first thing that does not hold (null: everything holds).</summary>
internal sealed record AuditResult(long Records, string HeadHash, int Decisions, int Spends, int Sums, int Checkpoints,
    int CoSignatures, int Figures, AuditFinding? Finding);
