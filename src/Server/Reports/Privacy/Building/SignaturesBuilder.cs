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
    public static SignaturesSection Of(StudyEntry study, StudyPlan plan) => new(
        null,
        [.. plan.Members.Select(m => Decision(study, plan, m))],
        study.Rounds.Sum(r => r.Inputs.Count),
        study.Rounds.Sum(r => r.Sums.Values.Sum(s => s.Signatures.Count)));

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
