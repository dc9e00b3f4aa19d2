namespace FedMeta.SecureAgg;

/// <summary>Which graph a study's sums have: a fact of its numbers, computed by every party alike.</summary>
public static class StudyGraph
{
    /// <summary>Null for a sum that everyone shares with everyone in; otherwise the graph of the published
    /// finder.</summary>
    /// <param name="clients">The largest sum's.</param>
    /// <param name="threshold">Who must stay to the end.</param>
    /// <param name="colluders">Who may side with the server.</param>
    /// <param name="problem">Why there is none although one is needed; null where all is well.</param>
    public static SparseGraph? For(int clients, int threshold, int colluders, out string? problem)
    {
        problem = null;
        if (clients <= AggregationParameters.MaxCompleteRoster) return null;
        var dropouts = clients - threshold;
        var graph = clients <= AggregationParameters.MaxSparseRoster && dropouts >= 0 && dropouts <= clients
            && colluders >= 0 && colluders <= clients
                ? GraphParameterFinder.ForStudy(clients, colluders, dropouts)
                : null;
        if (graph is null)
        {
            problem = $"no sparse graph of {clients} clients withstands {colluders} colluders and {dropouts} who vanish: "
                + "raise the threshold, or sum in groups of at most 256";
        }

        return graph;
    }
}
