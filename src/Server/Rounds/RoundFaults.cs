using FedMeta.SecureAgg;

namespace FedMeta.Server.Rounds;

/// <summary>What went wrong with the shares of a sum, and who is at fault.</summary>
/// <param name="Conflicts">Shares that were missing or wrong.</param>
/// <param name="Culprits">Who is at fault for certain, ascending.</param>
/// <param name="Unrecovered">Whose secret no set of shares gave, ascending.</param>
internal sealed record RoundFaults(
    IReadOnlyList<ShareConflict> Conflicts, IReadOnlyList<string> Culprits, IReadOnlyList<string> Unrecovered)
{
    /// <summary>Nothing did.</summary>
    public static RoundFaults None { get; } = new([], [], []);

    /// <summary>Of a sum that was opened all the same.</summary>
    public static RoundFaults Of(ServerCompleted completed) => new(completed.Conflicts, completed.Culprits, []);

    /// <summary>Of a sum that was not.</summary>
    public static RoundFaults Of(ServerAborted aborted) => new(aborted.Conflicts, aborted.Culprits,
        aborted.Reason == AbortReason.SecretNotRecovered ? aborted.Clients : []);
}
