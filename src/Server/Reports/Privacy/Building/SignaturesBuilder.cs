using FedMeta.Protocol;
using FedMeta.Server.Audit;
using FedMeta.Server.Reports.Privacy.Sections;
using FedMeta.Server.State;
using FedMeta.Server.Studies;

namespace FedMeta.Server.Reports.Privacy.Building;

/// <summary>Section 11.</summary>
internal static class SignaturesBuilder
{
    /// <summary>Who signed what. Entries and receipts are counted here; `audit verify` checks each of them.</summary>
    public static SignaturesSection Of(LedgerStanding ledger, StudyEntry study, StudyPlan plan) => new(
        Checkpoint(ledger, plan),
        [.. plan.Members.Select(m => Decision(study, plan, m))],
        study.Rounds.Sum(r => r.Inputs.Count),
        study.Rounds.Sum(r => r.Sums.Values.Sum(s => s.Signatures.Count)));

    // The newest that a hospital of this study signed; before the first such, the coordinator's own newest.
    private static SignaturesSection.CheckpointPart? Checkpoint(LedgerStanding ledger, StudyPlan plan)
    {
        var newest = ledger.Checkpoints.Values.Reverse().FirstOrDefault(c => CoSigners(c, plan).Any()) ?? ledger.Newest;
        return newest is null
            ? null
            : new SignaturesSection.CheckpointPart(newest.Head.Origin, newest.Head.Size,
                Convert.ToBase64String(newest.Head.Root.ToArray()), [.. CoSigners(newest, plan)], newest.Origin.Record);
    }

    private static IEnumerable<string> CoSigners(CheckpointEntry checkpoint, StudyPlan plan) =>
        checkpoint.CoSignatures.Keys.Where(c => plan.Document.TryGetMember(c, out _));

    private static SignaturesSection.Decision Decision(StudyEntry study, StudyPlan plan, StudyMember member)
    {
        if (study.Decisions.GetValueOrDefault(member.Id) is not { } decision)
        {
            return new SignaturesSection.Decision(member.Id, member.Name, member.Fingerprint, "undecided", "", "", false,
                0);
        }

        return new SignaturesSection.Decision(member.Id, member.Name, member.Fingerprint,
            decision.Approve ? "approved" : "refused",
            decision.Reason, PrivacyFigures.Time(DateTimeOffset.FromUnixTimeSeconds(decision.DecidedAt)),
            DecisionCheck.IsSigned(plan.Document, member, decision.Approve, decision.Reason, decision.DecidedAt,
                decision.Signature),
            decision.Origin.Record);
    }
}
