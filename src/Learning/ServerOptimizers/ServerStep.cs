namespace FedMeta.Learning;

/// <summary>
/// What a server does with the mean update of a round: the optimiser steps against the part that is a gradient, and the
/// mean of the sites' own vectors, where an algorithm has one, moves by what the sites added and by nothing else. No
/// moment and no server rate ever touches that mean: it would stop being one.
/// </summary>
public static class ServerStep
{
    /// <summary>How many numbers of the state, from the front, belong to the optimiser.</summary>
    public static int OptimizedLength(IMetaAlgorithm<double> algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return algorithm.UploadLength - ((algorithm as ISiteState<double>)?.OwnLength ?? 0);
    }

    /// <summary>Makes the next state.</summary>
    /// <param name="algorithm">Whose state it is.</param>
    /// <param name="optimizer">Made for <see cref="OptimizedLength"/>.</param>
    /// <param name="state">The shared state.</param>
    /// <param name="mean">The sum of the contributions over a public constant, as released.</param>
    /// <param name="perSite">That constant over the number of all sites; see <see cref="ISiteState{T}.Gather"/>. Of no
    /// account where sites keep nothing.</param>
    /// <param name="noiseVariance">Of each coordinate of <paramref name="mean"/>.</param>
    public static void Apply(
        IMetaAlgorithm<double> algorithm, IServerOptimizer optimizer, Span<double> state, ReadOnlySpan<double> mean,
        double perSite = 1, double noiseVariance = 0)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        var optimized = OptimizedLength(algorithm);
        FlatVector.RequireSameLength(algorithm.UploadLength, state.Length);
        FlatVector.RequireSameLength(algorithm.UploadLength, mean.Length);
        optimizer.Step(state[..optimized], mean[..optimized], noiseVariance);
        (algorithm as ISiteState<double>)?.Gather(state, mean, perSite);
        algorithm.Project(state);
    }
}
