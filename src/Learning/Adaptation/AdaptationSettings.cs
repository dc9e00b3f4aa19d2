using System.Collections.Immutable;

namespace FedMeta.Learning;

/// <summary>How the shared model is adapted at a hospital.</summary>
/// <param name="Steps">Most gradient steps of the candidates that take steps, 1 or more.</param>
/// <param name="BiasRate">Rate of the bias-only steps.</param>
/// <param name="LargestStep">No single step is longer than this (Euclidean norm).</param>
/// <param name="InterceptPriorVariance">Variance of the prior around the shared intercept.</param>
/// <param name="Folds">Cross-validation folds, 2 or more.</param>
/// <param name="Seed">Of the folds: same seed, same folds, same choice.</param>
/// <param name="Pull">Strength of the pull towards the shared model in the full steps
/// (<see cref="IMetaAlgorithm{T}.AdaptationPull"/>).</param>
public sealed record AdaptationSettings(
    int Steps = 10, double BiasRate = 2, double LargestStep = 1, double InterceptPriorVariance = 1, int Folds = 5,
    ulong Seed = 1, double Pull = 0)
{
    /// <summary>The numbers of full steps that are compared, rising: 1, 3 and <see cref="Steps"/>.</summary>
    public ImmutableArray<int> StepCounts => [.. new[] { 1, 3, Steps }.Where(k => k <= Steps).Distinct()];
}
