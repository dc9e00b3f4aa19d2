namespace FedMeta.Privacy;

/// <summary>How far the released outputs can move a belief that a unit's data were used, but for a chance
/// delta.</summary>
/// <param name="Before">The belief before, in (0, 1).</param>
/// <param name="AtLeast">After, at least: odds divided by e^epsilon.</param>
/// <param name="AtMost">After, at most: odds times e^epsilon.</param>
public sealed record BeliefBounds(double Before, double AtLeast, double AtMost)
{
    /// <summary>Bayes' rule with a likelihood ratio between e^-epsilon and e^epsilon.</summary>
    public static BeliefBounds Of(double before, double epsilon) =>
        new(before, After(before, -epsilon), After(before, epsilon));

    private static double After(double before, double logRatio) =>
        1 / (1 + ((1 - before) / before * Math.Exp(-logRatio)));
}
