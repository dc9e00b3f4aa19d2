using FedMeta.Server.State.Facts;

namespace FedMeta.Server.Models;

/// <summary>What became of an opened sum.</summary>
internal abstract record StepResult(SumChecks Checks)
{
    /// <summary>The hashes (hex) of the new model and optimiser state.</summary>
    internal sealed record Adopted(string Model, string Optimizer, SumChecks Checks) : StepResult(Checks);

    /// <summary>Nothing changes; the reason is one of <see cref="State.RollBacks"/>.</summary>
    internal sealed record RolledBack(string Reason, SumChecks Checks) : StepResult(Checks);
}
