namespace FedMeta.Privacy;

/// <summary>The numbers of one claim.</summary>
/// <param name="LeastShares">Noise shares that the adversary does not know, in the round that has fewest.</param>
/// <param name="Rho">Cost of all charged attempts in the budget's unit, rounded up; null where the claim is not a sum of
/// such costs (two steps of another claim).</param>
/// <param name="Mu">sqrt(2 rho) of noise without sampling: the Gaussian test that is as hard; null elsewhere.</param>
/// <param name="Log10TauD">log10 of tau times the dimension for <paramref name="LeastShares"/>: how far the sum of
/// shares is from one discrete Gaussian in a round; null where it is exactly one.</param>
/// <param name="Epsilons">At the plan's delta, a tenth and a hundredth of it.</param>
/// <param name="TestPower">
/// Largest share of present units that a test finds which accuses one absent unit in a hundred.
/// </param>
public sealed record ClaimFigures(
    int LeastShares,
    Rho? Rho,
    double? Mu,
    double? Log10TauD,
    IReadOnlyList<EpsilonAtDelta> Epsilons,
    double TestPower);
