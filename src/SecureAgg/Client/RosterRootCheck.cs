namespace FedMeta.SecureAgg;

/// <summary>Ties the entries that a client was shown to the one roster that ctx will name: on the complete graph by
/// recomputing the root, on a sparse one by recomputing who the client's neighbours are and following each entry's
/// path up to the root.</summary>
internal static class RosterRootCheck
{
    public static ClientRefusal? Run(Participant participant, Roster roster)
    {
        if (roster.Root.Length != RosterTree.HashLength) return ClientRefusal.MalformedMessage;
        return participant.Context.Parameters.Graph is { } graph
            ? CheckNeighbours(participant, roster, graph) ?? CheckProofs(roster)
            : CheckRoot(roster);
    }

    private static ClientRefusal? CheckRoot(Roster roster)
    {
        if (roster.Count != roster.Entries.Count || roster.Proofs.Count > 0) return ClientRefusal.RosterRootDiffers;
        var root = new RosterTree(roster.Entries).Root;
        return roster.Root.Span.SequenceEqual(root) ? null : ClientRefusal.RosterRootDiffers;
    }

    private static ClientRefusal? CheckNeighbours(Participant participant, Roster roster, SparseGraph parameters)
    {
        if (roster.Proofs.Count != roster.Entries.Count) return ClientRefusal.WrongNeighbours;
        var self = roster.Entries.Index().First(each => each.Item.ClientId == participant.Self).Index;
        var own = roster.Proofs[self].Place;
        if (own < 1 || own > roster.Count) return ClientRefusal.WrongNeighbours;
        var hash = Statements.RosterHash(roster.Count, roster.Root.Span);
        var seed = Statements.GraphSeed(hash, participant.ContextHash);
        var expected = new HararyGraph(seed, roster.Count, parameters.Neighbours).NeighboursOf(own).Append(own).Order();
        return roster.Proofs.Select(proof => proof.Place).SequenceEqual(expected)
            ? null
            : ClientRefusal.WrongNeighbours;
    }

    private static ClientRefusal? CheckProofs(Roster roster)
    {
        foreach (var (entry, proof) in roster.Entries.Zip(roster.Proofs))
        {
            if (!RosterTree.Verify(roster.Root.Span, roster.Count, proof.Place, entry, proof.Path.Span))
            {
                return ClientRefusal.BadInclusionProof;
            }
        }

        return null;
    }
}
