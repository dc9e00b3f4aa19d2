using FedMeta.Protocol;
using FedMeta.Server.Reports.Charts;
using FedMeta.Server.Reports.Privacy;
using FedMeta.Server.State;

namespace FedMeta.Server.Reports.Participation;

/// <summary>Computes a <see cref="ParticipationReport"/> from replayed state.</summary>
internal static class ParticipationBuilder
{
    /// <summary>The report of one study; <paramref name="members"/> are those of its document.</summary>
    public static ParticipationReport Build(StudyEntry study, IReadOnlyList<StudyMember> members) => new(
        ParticipationReport.CurrentSchema,
        study.Name,
        study.Hash,
        PrivacyFigures.StateName(study.Standing),
        [.. study.Rounds.Select(r => new ParticipationReport.Attempt(r.Round, r.Attempt, Outcome(r),
            r.Started.Record))],
        [.. members.Select(m => Site(study, m))],
        [.. study.Rounds.SelectMany(r => r.Conflicts.Values.SelectMany(c => c.Fact.Conflicts.Select(each =>
            new ParticipationReport.Conflict(r.Round, r.Attempt, c.Fact.Group, each.Dealer, each.Holder, each.Kind,
                c.Origin.Record))))]);

    /// <summary>What became of a hospital in an attempt, why, and by which record that is known.</summary>
    public static (ParticipationMark Mark, string Reason, long Record) Mark(RoundEntry round, string client)
    {
        switch (round.Outcome)
        {
            case RoundOutcome.Completed completed when completed.Included.Contains(client):
                return (ParticipationMark.Included, "", completed.Origin.Record);
            case RoundOutcome.RolledBack rolled when rolled.Included.Contains(client):
                return (ParticipationMark.RolledBack, $"round rolled back: {rolled.Reason}", rolled.Origin.Record);
            case { } outcome when outcome.Excluded.TryGetValue(client, out var reason):
                var mark = reason.StartsWith("withdrew", StringComparison.Ordinal)
                    ? ParticipationMark.Refused
                    : ParticipationMark.Dropped;
                return (mark, reason, outcome.Origin.Record);
            case RoundOutcome.Aborted aborted when round.Invited.Contains(client):
                return (ParticipationMark.Aborted, aborted.Reason, aborted.Origin.Record);
            case null when round.Invited.Contains(client):
                return (ParticipationMark.Aborted, "in progress", round.Started.Record);
            default:
                return (ParticipationMark.Absent, "was not there when the round began", round.Started.Record);
        }
    }

    private static ParticipationReport.Site Site(StudyEntry study, StudyMember member)
    {
        var cells = study.Rounds.Select(r => Mark(r, member.Id)).ToList();
        var decision = study.Decisions.GetValueOrDefault(member.Id) switch
        {
            null => "undecided",
            { Approve: true } => "approved",
            _ => "refused",
        };
        var shutOut = study.ShutOut.TryGetValue(member.Id, out var shut) ? shut.Reason : "";
        return new ParticipationReport.Site(member.Id, member.Name, decision,
            cells.Count(c => c.Mark == ParticipationMark.Included), shutOut,
            [.. cells.Select(c => new ParticipationReport.Cell(c.Mark.ToString().ToLowerInvariant(), c.Reason,
                c.Record))]);
    }

    private static string Outcome(RoundEntry round) => round.Outcome switch
    {
        RoundOutcome.Completed => "completed",
        RoundOutcome.RolledBack rolled => $"rolled back: {rolled.Reason}",
        RoundOutcome.Aborted aborted => $"aborted: {aborted.Reason}",
        _ => "open",
    };
}
