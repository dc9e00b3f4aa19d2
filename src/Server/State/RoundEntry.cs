using System.Collections.Immutable;

namespace FedMeta.Server.State;

/// <summary>One attempt at a round.</summary>
internal sealed record RoundEntry(int Round, int Attempt, Origin Started, string Model, string RotationSeed,
    long Expiry,
    IReadOnlyList<string> Invited)
{
    /// <summary>The roster, once the keys were collected.</summary>
    public (Origin Origin, IReadOnlyList<string> Clients)? Roster { get; init; }

    /// <summary>Announced inputs by client id.</summary>
    public ImmutableSortedDictionary<string, InputEntry> Inputs { get; init; } =
        ImmutableSortedDictionary.Create<string, InputEntry>(StringComparer.Ordinal);

    /// <summary>Who delivered and who signed for it.</summary>
    public SurvivorsEntry? Survivors { get; init; }

    /// <summary>Null while the attempt is open.</summary>
    public RoundOutcome? Outcome { get; init; }
}
