namespace FedMeta.Server.State.Facts;

/// <summary>What the coordinator found when it looked at an opened sum, before it adopted anything.</summary>
/// <param name="UpdateNorm">L2 norm of the released (noised) mean.</param>
/// <param name="NormBound">The largest norm that honest hospitals and their noise explain.</param>
/// <param name="NearWrap">A coordinate of the sum came near the ring's edge, which costs accuracy, never
/// privacy.</param>
/// <param name="ProbeLoss">Loss of the model that the sum gave on the study's public probe set; null without one, or
/// where the norm had decided before.</param>
/// <param name="ProbeBest">The least loss of the models adopted so far, the initial one among them.</param>
internal sealed record SumChecks(double UpdateNorm, double NormBound, bool NearWrap, double? ProbeLoss = null,
    double? ProbeBest = null);
