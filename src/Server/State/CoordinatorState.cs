using System.Collections.Immutable;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.State;

/// <summary>
/// Everything the coordinator knows, as a value: what replaying the journal gives. Each <see cref="Apply"/> gives the
/// next
/// state; readers hold a state as long as they like without a lock.
/// </summary>
internal sealed record CoordinatorState
{
    /// <summary>Before the first record.</summary>
    public static CoordinatorState Empty { get; } = new();

    /// <summary>The first record, or null.</summary>
    public ServerInitialised? Server { get; init; }

    /// <summary>Hospitals by client id.</summary>
    public ImmutableSortedDictionary<string, ClientEntry> Clients { get; init; } =
        ImmutableSortedDictionary.Create<string, ClientEntry>(StringComparer.Ordinal);

    /// <summary>Client ids by Base64 SubjectPublicKeyInfo, active members only.</summary>
    public ImmutableDictionary<string, string> ActiveKeys { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Studies by hash (hex).</summary>
    public ImmutableSortedDictionary<string, StudyEntry> Studies { get; init; } =
        ImmutableSortedDictionary.Create<string, StudyEntry>(StringComparer.Ordinal);

    /// <summary>Checkpoints over the journal, and who signed them.</summary>
    public LedgerStanding Ledger { get; init; } = new();

    /// <summary>What happened, in words, newest last.</summary>
    public ImmutableList<Activity> Activities { get; init; } = [];

    /// <summary>The last record applied.</summary>
    public Origin Last { get; init; }

    /// <summary>
    /// The state after one more record, or null if the record cannot follow from this state (a journal that a correct
    /// coordinator would never have written).
    /// </summary>
    public CoordinatorState? Apply(Origin origin, Fact fact) => StateReplay.Apply(this, origin, fact) is { } next
        ? next with
        {
            Last = origin,
            Ledger = next.Ledger.After(origin, fact),
            Activities = next.Activities.Add(ActivityText.Of(next, origin, fact)),
        }
        : null;

    /// <summary>A client by id or by the name that people write.</summary>
    public ClientEntry? FindClient(string name) => Clients.TryGetValue(name, out var byId)
        ? byId
        : Clients.Values.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A study by name (the newest of that name) or by at least six characters of its hash; null if none or
    /// several.</summary>
    public StudyEntry? FindStudy(string selector)
    {
        var named = Studies.Values.Where(s => s.Name == selector).OrderByDescending(s => s.Proposed.Record)
            .FirstOrDefault();
        if (named is not null || selector.Length < 6)
            return named;
        var hits = Studies.Values.Where(s => s.Hash.StartsWith(selector, StringComparison.OrdinalIgnoreCase)).ToList();
        return hits is [var only] ? only : null;
    }
}
