namespace FedMeta.Server.State.Facts;

/// <summary>
/// Shares of a sum did not fit together. <c>Culprits</c> are at fault for certain, of <c>Unrecovered</c> no set of
/// shares gave the secret: both are shut out of the study until the operator readmits them. <c>Group</c> is 0 where
/// the round has one sum.
/// </summary>
internal sealed record RoundConflicts(string Study, int Round, int Attempt, int Group,
    IReadOnlyList<ConflictOnRecord> Conflicts, IReadOnlyList<string> Culprits, IReadOnlyList<string> Unrecovered) : Fact;
