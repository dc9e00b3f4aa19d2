using System.Numerics;

namespace FedMeta.Learning;

/// <summary>
/// An algorithm for which every site keeps a vector of its own from round to round, zero before the first round that
/// counted with it. The last <see cref="OwnLength"/> numbers of the shared state are the mean of the vectors of all
/// sites, those of an update are the change of the site's vector. What was contributed, and no more, is added on both
/// sides: so the one stays the mean of the others, whoever is away and whatever was clipped.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public interface ISiteState<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Length of a site's own vector.</summary>
    int OwnLength { get; }

    /// <summary>The algorithm as a site with this vector runs it.</summary>
    /// <param name="own">The site's own vector; read during a task, never changed. It is derived from patients and must
    /// not leave the site.</param>
    IMetaAlgorithm<T> OfSite(ReadOnlyMemory<T> own);

    /// <summary>The site's side of a round that counted.</summary>
    /// <param name="own">The site's own vector.</param>
    /// <param name="contributed">The update as it went into the sum, so after the clip.</param>
    void Advance(Span<T> own, ReadOnlySpan<T> contributed) =>
        FlatVector.Add(own, contributed[^OwnLength..]);

    /// <summary>The server's side of the round: the mean over all sites of what was added to their vectors.</summary>
    /// <param name="state">The shared state.</param>
    /// <param name="mean">The sum of the contributions over a public constant.</param>
    /// <param name="perSite">That constant over the number of all sites, so that <paramref name="mean"/> times it is
    /// the sum over all sites' number.</param>
    void Gather(Span<T> state, ReadOnlySpan<T> mean, T perSite) =>
        FlatVector.AddScaled(state[^OwnLength..], perSite, mean[^OwnLength..]);
}
