namespace FedMeta.Privacy;

/// <summary>The headline claim in numbers that a person can judge.</summary>
/// <param name="Epsilon">Epsilon at <paramref name="Delta"/>.</param>
/// <param name="Delta">The plan's delta.</param>
/// <param name="OddsFactor">e^epsilon: what the odds of any guess about one unit change by at most; null where no double
/// holds it, above an epsilon of 709.</param>
/// <param name="Beliefs">What a belief can become at most.</param>
/// <param name="FalsePositiveRate">Absent units that the best test wrongly accuses.</param>
/// <param name="TestPower">Present units that it then finds at most.</param>
public sealed record ClaimMeaning(
    double Epsilon,
    double Delta,
    double? OddsFactor,
    IReadOnlyList<BeliefBounds> Beliefs,
    double FalsePositiveRate,
    double TestPower)
{
    /// <summary>Of the claim and its test.</summary>
    public static ClaimMeaning Of(double epsilon, double delta, double falsePositiveRate, double testPower) => new(
        epsilon,
        delta,
        Math.Exp(epsilon) is var factor && double.IsFinite(factor) ? factor : null,
        [.. new[] { 0.01, 0.1, 0.5 }.Select(prior => BeliefBounds.Of(prior, epsilon))],
        falsePositiveRate,
        testPower);
}
