using FedMeta.Client.Ledger;
using FedMeta.Protocol;

namespace FedMeta.Client.Witness;

/// <summary>What came of checking a checkpoint.</summary>
internal abstract record CheckpointVerdict
{
    private CheckpointVerdict()
    {
    }

    /// <summary>It holds against everything that this hospital knows.</summary>
    /// <param name="Head">The checkpoint.</param>
    /// <param name="Seen">Own spends that its tree holds.</param>
    /// <param name="Others">Who else signed the checkpoint that this hospital signed last.</param>
    internal sealed record Holds(Checkpoint Head, IReadOnlyList<SpendSeen> Seen, IReadOnlyList<string> Others)
        : CheckpointVerdict;

    /// <summary>The answer holds no checkpoint of this coordinator: nothing can be said, and nothing proved.</summary>
    internal sealed record NotShown(string Why) : CheckpointVerdict;

    /// <summary>The coordinator signed what an honest one never signs.</summary>
    /// <param name="Kind">What.</param>
    /// <param name="What">In words.</param>
    /// <param name="Spend">The own statement it is about; empty for none.</param>
    /// <param name="Line">What was shown in its place; empty for nothing.</param>
    internal sealed record Violates(ViolationKind Kind, string What, string Spend = "", string Line = "")
        : CheckpointVerdict;
}
