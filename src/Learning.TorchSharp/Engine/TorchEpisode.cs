using System.Numerics;
using static TorchSharp.torch;

namespace FedMeta.Learning.Torch;

/// <summary>The loss of a prototypical network over one episode, as the managed engine's head has it: distances to the
/// mean embedding of each class that has support.</summary>
internal static class TorchEpisode
{
    /// <param name="transfer">To the device.</param>
    /// <param name="embedded">Embeddings [rows, width].</param>
    /// <param name="batch">Targets (class, 1 for a query and 0 for support).</param>
    /// <param name="spec">The model.</param>
    /// <exception cref="ArgumentException">No query, or one whose class has no support.</exception>
    public static Tensor Loss<T>(Transfer transfer, Tensor embedded, Batch<T> batch, ModelSpec spec)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var targets = batch.Targets.ToArray();
        long width = spec.EmbeddingWidth;
        var classOf = Enumerable.Range(0, batch.Count)
            .Select(i => TorchLoss.ClassOf(targets[2 * i], spec.EpisodeClasses)).ToArray();
        var queries = Enumerable.Range(0, batch.Count).Where(i => targets[2 * i + 1] != T.Zero).ToArray();
        if (queries.Length == 0) throw new ArgumentException("an episode without a query has no loss");
        var support = Enumerable.Range(0, batch.Count).Where(i => targets[2 * i + 1] == T.Zero)
            .GroupBy(i => classOf[i]).OrderBy(group => group.Key).ToArray();
        var place = new Dictionary<long, long>();
        foreach (var group in support) place[group.Key] = place.Count;
        var lacking = queries.FirstOrDefault(i => !place.ContainsKey(classOf[i]), -1);
        if (lacking >= 0) throw new ArgumentException($"class {classOf[lacking]} has a query and no support");

        // Means as one product, which is differentiated like any layer.
        var shares = new T[support.Length * batch.Count];
        foreach (var group in support)
            foreach (var row in group)
                shares[place[group.Key] * batch.Count + row] = T.One / T.CreateTruncating(group.Count());
        var prototypes = nn.functional.linear(
            transfer.Upload<T>(shares).view(support.Length, batch.Count), embedded.t());
        var asked = embedded.index_select(0L, transfer.Upload<long>([.. queries.Select(i => (long)i)]));
        var apart = asked.view(queries.Length, 1, width).sub(prototypes.view(1, support.Length, width));
        return nn.functional.cross_entropy(
            apart.mul(apart).sum(2L).neg(), transfer.Upload<long>([.. queries.Select(i => place[classOf[i]])]));
    }
}
