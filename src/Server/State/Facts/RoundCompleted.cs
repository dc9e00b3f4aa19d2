namespace FedMeta.Server.State.Facts;

/// <summary>
/// The sum, or enough groups' sums, were opened, passed the checks, and the next meta-model was made of them.
/// <c>Excluded</c> maps the invited clients that are in no sum to the reason.
/// </summary>
internal sealed record RoundCompleted(string Study, int Round, int Attempt, IReadOnlyList<string> Included,
    IReadOnlyDictionary<string, string> Excluded, string Model, string Optimizer, SumChecks Checks) : Fact;
