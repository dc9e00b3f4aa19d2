namespace FedMeta.SecureAgg;

/// <summary>
/// Draws a round's groups from public facts alone: whoever holds the plan, the round and the model computes the same
/// groups. All members are drawn, whether they are there or not, so a coordinator can thin a group out and cannot move
/// anyone. Every round and every attempt is another draw.
/// </summary>
public static class GroupDraw
{
    private const int HashLength = RoundContext.HashLength;

    /// <summary>The public seed of a draw, 32 bytes.</summary>
    /// <param name="planHash">Hash of the plan that the members approved, 32 bytes.</param>
    /// <param name="id">The round and the attempt.</param>
    /// <param name="modelHash">Hash of the model that the round starts from, 32 bytes: before the round before has
    /// ended nobody knows the groups.</param>
    public static byte[] Seed(ReadOnlySpan<byte> planHash, RoundId id, ReadOnlySpan<byte> modelHash)
    {
        if (planHash.Length != HashLength) throw new ArgumentException("not 32 bytes", nameof(planHash));
        if (modelHash.Length != HashLength) throw new ArgumentException("not 32 bytes", nameof(modelHash));
        using var hash = new CanonicalHash("groups");
        return hash.Add(planHash).Add(id.Round).Add(id.Attempt).Add(modelHash).Finish();
    }

    /// <summary>
    /// The groups, each with its members ascending. The members are put in the order of a hash of the seed and the
    /// id, which is a random order for whoever cannot choose the seed, and dealt out in turn.
    /// </summary>
    /// <param name="members">All members' ids, strictly ascending.</param>
    /// <param name="seed">See <see cref="Seed"/>, 32 bytes.</param>
    /// <param name="size">Least size of a group.</param>
    /// <exception cref="ArgumentException">The ids do not ascend, or see <see cref="GroupLayout.Problems"/>.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Draw(
        IReadOnlyList<string> members, ReadOnlySpan<byte> seed, int size)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (seed.Length != HashLength) throw new ArgumentException("not 32 bytes", nameof(seed));
        if (!ClientIds.AscendStrictly(members)) throw new ArgumentException("the ids do not ascend", nameof(members));
        var layout = GroupLayout.Of(members.Count, size);
        var ranks = new Dictionary<string, string>(members.Count, StringComparer.Ordinal);
        foreach (var member in members) ranks[member] = Rank(seed, member);
        string[] order = [.. members.OrderBy(member => ranks[member], StringComparer.Ordinal)];
        return [.. Enumerable.Range(0, layout.Count).Select(group => (IReadOnlyList<string>)
            [.. order.Where((_, place) => place % layout.Count == group).Order(StringComparer.Ordinal)])];
    }

    private static string Rank(ReadOnlySpan<byte> seed, string member)
    {
        using var hash = new CanonicalHash("place in a draw");
        return Convert.ToHexString(hash.Add(seed).Add(member).Finish());
    }
}
