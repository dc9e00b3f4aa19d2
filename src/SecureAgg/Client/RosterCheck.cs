namespace FedMeta.SecureAgg;

/// <summary>All that a client demands of a roster before it shares anything under it.</summary>
internal static class RosterCheck
{
    public static ClientRefusal? Run(Participant participant, Roster roster)
    {
        if (roster.ContextHash.Length != RoundContext.HashLength) return ClientRefusal.MalformedMessage;
        if (!roster.ContextHash.Span.SequenceEqual(participant.ContextHash)) return ClientRefusal.ContextDiffers;
        var parameters = participant.Context.Parameters;
        var size = parameters.CheckRoster(parameters.Graph is null ? roster.Entries.Count : roster.Count);
        if (size is { } problem) return Refusal(problem);
        if (!ClientIds.AscendStrictly(roster.Entries.Select(entry => entry.ClientId)))
        {
            return ClientRefusal.ListNotAscending;
        }

        return CheckOwnEntry(participant, roster)
            ?? CheckKeys(roster.Entries)
            ?? CheckSignatures(participant, roster.Entries)
            ?? RosterRootCheck.Run(participant, roster);
    }

    private static ClientRefusal Refusal(RosterSizeProblem problem) => problem switch
    {
        RosterSizeProblem.TooSmall => ClientRefusal.RosterTooSmall,
        RosterSizeProblem.TooLarge => ClientRefusal.RosterTooLarge,
        RosterSizeProblem.GraphTooWeak => ClientRefusal.GraphTooWeak,
        _ => ClientRefusal.ThresholdTooLow,
    };

    private static ClientRefusal? CheckOwnEntry(Participant participant, Roster roster)
    {
        var own = roster.Entries.FirstOrDefault(entry => entry.ClientId == participant.Self);
        if (own is null) return ClientRefusal.OwnEntryMissing;
        return own.Keys.Matches(participant.Advertised) ? null : ClientRefusal.OwnEntryChanged;
    }

    // One set for everything random that was advertised: a value that stands twice, even in two roles, was copied.
    private static ClientRefusal? CheckKeys(IReadOnlyList<RosterEntry> entries)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, keys) in entries)
        {
            if (!keys.HasExactLengths) return ClientRefusal.MalformedMessage;
            if (!keys.HasCanonicalKeys) return ClientRefusal.InvalidKey;
            foreach (var value in keys.FreshValues)
            {
                if (!seen.Add(Convert.ToHexString(value.Span))) return ClientRefusal.DuplicateKey;
            }
        }

        return null;
    }

    private static ClientRefusal? CheckSignatures(Participant participant, IReadOnlyList<RosterEntry> entries)
    {
        foreach (var (id, keys) in entries)
        {
            if (!participant.Context.Members.ContainsKey(id)) return ClientRefusal.UnknownMember;
            var statement = Statements.Advertisement(participant.ContextHash, id, keys);
            if (!participant.Context.IsSignedBy(id, statement, keys.Signature.Span))
            {
                return ClientRefusal.BadAdvertisementSignature;
            }
        }

        return null;
    }
}
