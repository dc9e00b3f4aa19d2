using FedMeta.Protocol.V1;
using FedMeta.Server.Reports.Charts;
using FedMeta.Server.Reports.Participation;
using FedMeta.Server.State;

namespace FedMeta.Server.Reports.Study;

/// <summary>The lanes of the last attempt, from the times of its records.</summary>
internal static class RoundTimeline
{
    /// <summary>The timeline; empty before the first attempt.</summary>
    public static Timeline Of(StudyEntry study, IReadOnlyList<ParticipationReport.Site> sites, StudySnapshot snapshot,
        DateTimeOffset now)
    {
        if (study.Rounds.LastOrDefault() is not { } round)
            return new Timeline("Round timeline", []);
        var start = round.Started.Time;
        var end = (round.Outcome?.Origin.Time ?? now) - start;
        double? deadline = round.Outcome is null && snapshot.WaitingUntil > 0
            ? (DateTimeOffset.FromUnixTimeMilliseconds(snapshot.WaitingUntil) - start).TotalSeconds
            : null;
        return new Timeline($"Round {round.Round}, attempt {round.Attempt}, record {round.Started.Record}",
            [.. sites.Where(s => round.Invited.Contains(s.Client)).Select(s => LaneOf(s, round, start,
                end.TotalSeconds))])
        {
            Deadline = deadline,
            Now = round.Outcome is null ? end.TotalSeconds : null,
        };
    }

    private static Lane LaneOf(ParticipationReport.Site site, RoundEntry round, DateTimeOffset start, double end)
    {
        var bars = new List<LaneBar>();
        var (mark, reason, record) = ParticipationBuilder.Mark(round, site.Client);
        var remark = mark switch
        {
            ParticipationMark.Dropped => $"✕ {reason}",
            ParticipationMark.Refused => $"▲ {reason}",
            _ => "",
        };
        var rostered = round.RosterOf(site.Client);
        var checkedIn = rostered is null ? end : (rostered.Value.Origin.Time - start).TotalSeconds;
        bars.Add(new LaneBar(0, checkedIn, "bar-train",
            $"{site.Name}: training and check-in{(rostered is null ? "" : $", {Roster(rostered.Value.Group)} in record {rostered.Value.Origin.Record}")}"));
        if (rostered is not null && round.Inputs.TryGetValue(site.Client, out var input))
        {
            var sent = (input.Origin.Time - start).TotalSeconds;
            bars.Add(new LaneBar(checkedIn, sent, "bar-mask",
                $"{site.Name}: keys shared, masked input announced in record {input.Origin.Record}"));
            bars.Add(new LaneBar(sent, end, "bar-open", $"{site.Name}: until the attempt ended, record {record}"));
        }

        return new Lane(site.Name, bars, remark);
    }

    private static string Roster(int group) => group == 0 ? "roster" : $"roster of group {group}";
}
