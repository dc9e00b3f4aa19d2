namespace FedMeta.SecureAgg.Tests;

/// <summary>Different survivor lists, one for each client, that together open the seeds of the targets and the mask
/// keys of everyone else, though no client is asked for both secrets of anyone.</summary>
internal static class SheddingPlan
{
    /// <param name="clients">Everyone who delivered, ascending.</param>
    /// <param name="targets">Whose sum the server is after.</param>
    /// <param name="threshold">Least length of a list.</param>
    /// <param name="colluders">Who opens everything anyway; shown any list.</param>
    public static Dictionary<string, SurvivorList> Make(
        IReadOnlyList<string> clients,
        IReadOnlyCollection<string> targets,
        int threshold,
        IReadOnlyCollection<string> colluders)
    {
        var times = clients.Except(targets).Except(colluders).ToDictionary(client => client, _ => 0);
        var lists = new Dictionary<string, SurvivorList>();
        foreach (var client in clients.OrderBy(targets.Contains))
        {
            // Whoever was dropped from the fewest lists so far goes from this one; the client itself must stay in it.
            var dropped = times.Keys.Where(other => other != client)
                .OrderBy(other => times[other])
                .ThenBy(other => other, StringComparer.Ordinal)
                .Take(clients.Count - threshold)
                .ToList();
            if (!colluders.Contains(client)) dropped.ForEach(other => times[other]++);
            lists[client] = new([.. clients.Except(dropped)], [.. clients.Intersect(dropped)]);
        }

        return lists;
    }
}
