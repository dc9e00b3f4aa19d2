using FedMeta.Protocol;
using FedMeta.Server.State;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Rounds;

/// <summary>
/// Whether a hospital's ledger entry is what one attempt at a round of a study costs, signed by its member. All that
/// the coordinator can know of it is held against the signed document and the hospital's entries before: what lies is
/// refused before it stands in the journal, and the audit asks the same again.
/// </summary>
internal static class SpendCheck
{
    /// <summary>What is wrong with it, in words, or null.</summary>
    /// <param name="plan">The study.</param>
    /// <param name="round">From 1.</param>
    /// <param name="attempt">From 1.</param>
    /// <param name="model">Hash of the model that the attempt starts from, hex.</param>
    /// <param name="client">Who sends it.</param>
    /// <param name="text">The entry's bytes.</param>
    /// <param name="signature">The signature's.</param>
    /// <param name="entry">The entry when the answer is null.</param>
    public static string? Problem(StudyPlan plan, int round, int attempt, string model, string client,
        ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature, out LedgerEntry? entry)
    {
        if (!LedgerEntry.TryRead(text, out entry))
            return "it is not a ledger entry in canonical form";
        if (!plan.Document.TryGetMember(client, out var member))
            return "its sender is not a member";
        if (!entry.Verify(member.PublicKey, signature))
            return "it is not signed with the member's key";
        if (entry.Type != LedgerEntryType.Spend)
            return "it is not a spend";
        if (entry.ClientId != client || entry.Study != plan.Document.Hash || entry.Round != round
            || entry.Attempt != attempt || entry.Model.ToString() != model)
            return "it speaks of another client, study, round, attempt or model";
        if (entry.Terms.DifferenceFrom(plan.Ledger) is { } difference)
            return difference;
        // A grant may be missing; the reserve before a spend may not.
        if (entry.Sequence < 2)
            return "there is no reserve before it";
        return entry.Cumulative > plan.Ledger.Budget ? "it goes beyond what the study may cost" : null;
    }

    /// <summary>What is wrong with an entry behind the newest one that the journal holds, in words, or null. Entries
    /// that never came this far leave gaps in the numbers, and their cost in the sum.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="study">The study before it.</param>
    public static string? Order(LedgerEntry entry, StudyEntry study)
    {
        if (Before(entry, study) is not { } before)
            return null;
        if (entry.Sequence < before.Sequence + 2)
            return "its number does not follow the hospital's entry before it";
        if (entry.CheckpointSize < before.CheckpointSize)
            return "it names an older checkpoint than the hospital's entry before it";
        return entry.Cumulative < before.Cumulative + entry.Terms.Rho
            ? "it says a smaller sum than the hospital's entries before it make"
            : null;
    }

    /// <summary>What is wrong with the checkpoint that an entry names, in words, or null: it is one that the
    /// coordinator signed. Whoever names another one saw another journal.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="ledger">The checkpoints before it.</param>
    public static string? Anchor(LedgerEntry entry, LedgerStanding ledger) =>
        entry.CheckpointSize == 0
        || ledger.Checkpoints.TryGetValue(entry.CheckpointSize, out var signed)
            && signed.Head.Root == entry.CheckpointRoot
            ? null
            : $"it names a checkpoint of {entry.CheckpointSize} records that was never signed";

    private static LedgerEntry? Before(LedgerEntry entry, StudyEntry study)
    {
        var at = (entry.Round, entry.Attempt);
        foreach (var round in study.Rounds.Reverse())
        {
            if ((round.Round, round.Attempt) == at || !round.Inputs.TryGetValue(entry.ClientId, out var input))
                continue;
            return Base64Text.TryDecode(input.Spend, out var bytes) && LedgerEntry.TryRead(bytes, out var before)
                ? before
                : null;
        }

        return null;
    }
}
