namespace FedMeta.Learning;

/// <summary>What may be said of an algorithm without running it; docs/reference/algorithms.md shows the table.</summary>
/// <param name="Name">In a study file.</param>
/// <param name="Source">Where it was published.</param>
/// <param name="Uploads">What a task, or a site, contributes, in words.</param>
/// <param name="Adaptation">How a hospital makes the shared model its own, in words.</param>
/// <param name="Keys">Which keys of [meta] it uses, beside those that all use.</param>
/// <param name="TrainsOnAllRecords">It makes no difference between support and query, so that a site whose update is
/// one vector trains on all its rows at a time.</param>
/// <param name="VectorsInUpload">Length of state and upload in lengths of theta: 1 or 2.</param>
/// <param name="KeepsPath">It keeps every inner step until it has gone back through all of them
/// (<see cref="AdaptedGradient"/>), so that its memory grows with the steps.</param>
public sealed record AlgorithmTraits(
    string Name,
    string Source,
    string Uploads,
    string Adaptation,
    AlgorithmKeys Keys,
    bool TrainsOnAllRecords = false,
    int VectorsInUpload = 1,
    bool KeepsPath = false);
