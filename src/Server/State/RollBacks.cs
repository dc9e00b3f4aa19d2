using System.Globalization;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.State;

/// <summary>The closed list of reasons for which a round does not change the model, and what each says.</summary>
internal static class RollBacks
{
    /// <summary>The sum is longer than honest hospitals and their noise explain.</summary>
    public const string NormUnexplained = "norm-unexplained";

    /// <summary>The new model's loss on the public probe set is worse than the best so far by more than the
    /// tolerance.</summary>
    public const string ProbeLossWorse = "probe-loss-worse";

    /// <summary>Every reason that a record may name.</summary>
    public static IReadOnlyList<string> Reasons { get; } = [NormUnexplained, ProbeLossWorse];

    /// <summary>One sentence part with the figures.</summary>
    public static string Explain(string reason, SumChecks checks) => reason switch
    {
        NormUnexplained => string.Create(CultureInfo.InvariantCulture,
            $"the mean's norm is {checks.UpdateNorm:0.####} and honest updates with their noise explain {checks.NormBound:0.####}"),
        ProbeLossWorse => string.Create(CultureInfo.InvariantCulture,
            $"the probe loss would be {checks.ProbeLoss:0.####}, the best so far is {checks.ProbeBest:0.####}"),
        _ => reason,
    };
}
