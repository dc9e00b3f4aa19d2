namespace FedMeta.Server.State.Facts;

/// <summary>
/// The sum was opened and the next meta-model made. <c>UpdateNorm</c> is the L2 norm of the released (noised) mean;
/// <c>NearWrap</c> says that a coordinate of the sum came near the ring's edge, which costs accuracy, never privacy.
/// <c>Excluded</c> maps the invited clients that are not in the sum to the reason.
/// </summary>
internal sealed record RoundCompleted(string Study, int Round, int Attempt, IReadOnlyList<string> Included,
    IReadOnlyDictionary<string, string> Excluded, string Model, string Optimizer, double UpdateNorm, bool NearWrap)
        : Fact;
