namespace FedMeta.Server.State.Facts;

/// <summary>
/// The sum was opened, passed the checks, and the next meta-model was made of it. <c>Excluded</c> maps the invited
/// clients that are not in the sum to the reason.
/// </summary>
internal sealed record RoundCompleted(string Study, int Round, int Attempt, IReadOnlyList<string> Included,
    IReadOnlyDictionary<string, string> Excluded, string Model, string Optimizer, SumChecks Checks) : Fact;
