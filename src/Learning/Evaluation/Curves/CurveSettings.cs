using System.Collections.Immutable;

namespace FedMeta.Learning;

/// <summary>What an adaptation curve is drawn over.</summary>
/// <param name="Draws">Times that the k patients are drawn anew, 1 or more.</param>
/// <param name="Resamples">For the intervals, 2 or more.</param>
/// <param name="Seed">Same seed, same draws, same curve.</param>
public sealed record CurveSettings(int Draws = 10, int Resamples = 200, ulong Seed = 1)
{
    /// <summary>Labelled patients, rising; a number that the site does not have is left out, and all that it has are
    /// added.</summary>
    public ImmutableArray<int> Patients { get; init; } = [0, 5, 10, 20, 40];
}
