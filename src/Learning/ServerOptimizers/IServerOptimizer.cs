namespace FedMeta.Learning;

/// <summary>
/// Turns the mean update of a round into a step of the shared state: post-processing of the noisy sum, free of
/// privacy cost.
/// </summary>
public interface IServerOptimizer
{
    /// <summary>The settings it was made from.</summary>
    ServerOptimizerSettings Settings { get; }

    /// <summary>Steps <paramref name="state"/> against the mean update.</summary>
    /// <param name="state">Theta, or theta and inner rates.</param>
    /// <param name="meanUpdate">The mean of the updates as released: a descent gradient.</param>
    /// <param name="noiseVariance">The known variance per coordinate of the noise in <paramref name="meanUpdate"/>. The
    /// adaptive optimisers take it out of their second moment, which else grows with the noise and shrinks the
    /// step; what remains is never below tau².</param>
    void Step(Span<double> state, ReadOnlySpan<double> meanUpdate, double noiseVariance = 0);

    /// <summary>Everything that the next step depends on, as bytes; <see cref="ServerOptimizer.Restore"/> reads
    /// them.</summary>
    byte[] Save();
}
