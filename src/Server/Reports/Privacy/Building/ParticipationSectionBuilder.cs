using FedMeta.Protocol;
using FedMeta.Server.Reports.Participation;
using FedMeta.Server.Reports.Privacy.Sections;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using Computed = FedMeta.Privacy.PrivacyReport;

namespace FedMeta.Server.Reports.Privacy.Building;

/// <summary>Section 5.</summary>
internal static class ParticipationSectionBuilder
{
    /// <summary>Every attempt and every hospital.</summary>
    public static ParticipationSection Of(StudyEntry study, StudyPlan plan, Computed computed)
    {
        var (terms, members) = (plan.Terms.Aggregation, plan.Members.Count);
        var aborted = study.Rounds.Where(r => r.Outcome is RoundOutcome.Aborted).ToList();
        return new ParticipationSection(
            members,
            study.Decisions.Values.Count(d => d.Approve),
            plan.Aggregation.Threshold,
            computed.FewestSurvivors,
            aborted.Count,
            aborted.Count(r => r.Inputs.Count > 0),
            0,
            new ParticipationSection.CrowdPart(members, terms.Sums(members), terms.SmallestSum(members),
                terms.LargestSum(members), terms.IsBucketed ? terms.Combine : "", Crowd(plan)),
            [.. study.Rounds.Select(r => Round(r, plan))],
            [.. plan.Members.Select(m => Site(study, plan, m))]);
    }

    private static ParticipationSection.AttemptLine Round(RoundEntry round, StudyPlan plan)
    {
        var included = (round.Outcome as RoundOutcome.Opened)?.Included.Count ?? 0;
        var survivors = included == 0 ? 0 : round.SmallestSum;
        return new ParticipationSection.AttemptLine(round.Round, round.Attempt, round.Started.Record,
            round.Outcome?.Origin.Record ?? 0,
            round.Outcome switch
            {
                RoundOutcome.Completed => "completed",
                RoundOutcome.RolledBack rolled => $"rolled back: {rolled.Reason}",
                RoundOutcome.Aborted aborted => $"aborted: {aborted.Reason}",
                _ => "open",
            },
            round.Rosters.Values.Sum(r => r.Clients.Count), round.Sums.Count, included, survivors,
            Math.Max(0, survivors - plan.Mechanism.Request.Colluders), round.Inputs.Count > 0);
    }

    private static ParticipationSection.HospitalLine Site(StudyEntry study, StudyPlan plan, StudyMember member)
    {
        var inputs = study.Rounds.Where(r => r.Inputs.ContainsKey(member.Id)).Select(r => r.Inputs[member.Id]).ToList();
        var (stated, record) = StatedCosts.Of(study, member);
        return new ParticipationSection.HospitalLine(member.Id, member.Name,
            study.Decisions.GetValueOrDefault(member.Id) switch
            {
                null => "undecided",
                { Approve: true } => "approved",
                _ => "refused",
            },
            study.Rounds.Count(r => r.Outcome is RoundOutcome.Opened opened && opened.Included.Contains(member.Id)),
            inputs.Count, stated.ToString(), PrivacyFigures.Epsilon(plan.Mechanism, stated), inputs.Sum(i => i.Bytes),
            record,
            [.. study.Rounds.Select(r => Cell(r, member.Id))]);
    }

    private static ParticipationSection.Mark Cell(RoundEntry round, string client)
    {
        var (mark, reason, record) = ParticipationBuilder.Mark(round, client);
        return new ParticipationSection.Mark(mark.ToString().ToLowerInvariant(), reason, record);
    }

    private static string Crowd(StudyPlan plan)
    {
        var (terms, members) = (plan.Terms.Aggregation, plan.Members.Count);
        var (threshold, colluders) = (plan.Aggregation.Threshold, plan.Aggregation.Colluders);
        var floor = $"no sum of fewer than {threshold} is opened, and at least {threshold - colluders} of its inputs are honest if {colluders} collude";
        if (!terms.IsBucketed)
            return $"A hospital's contribution hides in the one sum of a round over all {members} members: {floor}. {plan.Aggregation.Claim}";
        var (smallest, largest) = (terms.SmallestSum(members), terms.LargestSum(members));
        var size = smallest == largest ? $"{largest}" : $"{smallest} or {largest}";
        return $"Each round divides the {members} members into {terms.Sums(members)} groups of {size}, drawn anew, and opens a sum for each: a hospital's contribution hides among the {size} of its own group, not among all {members}; {floor}. {plan.Aggregation.Claim}";
    }
}
