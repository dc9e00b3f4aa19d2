using FedMeta.Privacy;
using FedMeta.Protocol.V1;
using FedMeta.Server.Reports.Privacy;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.Studies;
using Google.Protobuf;

namespace FedMeta.Server.Operator;

/// <summary>What `study watch` prints and the dashboard draws: one reading of journal and open attempt.</summary>
internal sealed class StudySnapshots(FactJournal journal, StudyPlans plans, RoundCoordinator coordinator,
    Mailboxes mail)
{
    private const int FirstEvents = 20;

    /// <summary>The study now. Events are those after record <paramref name="after"/>; for 0 the newest few.</summary>
    public StudySnapshot Take(string hash, long after)
    {
        var state = journal.State;
        var study = state.Studies[hash];
        var plan = plans.Of(study);
        var runner = coordinator.Runner(hash);
        var wait = runner?.Wait ?? WaitState.Idle;
        var round = study.Rounds.LastOrDefault();
        var snapshot = new StudySnapshot
        {
            Name = study.Name,
            StudyHash = ByteString.CopyFrom(Convert.FromHexString(hash)),
            State = PrivacyFigures.StateName(study.Standing),
            Round = (uint)(round?.Round ?? 0),
            Rounds = (uint)plan.RoundCount,
            Attempt = (uint)(round?.Attempt ?? 0),
            Phase = wait.Phase,
            WaitingFor = study.Standing == StudyStanding.Proposed ? "decisions of the hospitals" : wait.What,
            WaitingSince = Milliseconds(wait.Since),
            WaitingUntil = Milliseconds(wait.Until),
            EpsilonSpent = PrivacyFigures.Epsilon(plan.Mechanism, Spent(study, plan)),
            EpsilonTotal = plan.Mechanism.Request.Epsilon,
            Delta = plan.Mechanism.Request.Delta,
            UpdateNorm = study.LastOpened?.Checks.UpdateNorm ?? 0,
            Completed = (uint)study.CompletedRounds,
            SecondsLeft = SecondsLeft(study, plan),
        };
        snapshot.Sites.AddRange(plan.Members.Select(m => new SiteState
        {
            ClientId = m.Id,
            Name = m.Name,
            State = SiteWord(state, study, runner?.Attempt, m.Id),
            LastSeen = mail.LastSeen(m.Id)?.ToUnixTimeSeconds() ?? 0,
            Note = study.ShutOut.TryGetValue(m.Id, out var shut) ? $"{shut.Reason}; {ShutOut.Remedy(m.Id)}" : "",
        }));
        var events = state.Activities.Where(a => a.Study == hash && a.Origin.Record > after);
        snapshot.Events.AddRange((after == 0 ? events.TakeLast(FirstEvents) : events).Select(a => new Event
        {
            Record = (ulong)a.Origin.Record,
            Time = a.Origin.Time.ToUnixTimeMilliseconds(),
            Text = a.Text,
        }));
        return snapshot;
    }

    /// <summary>Ends when a snapshot could differ from one taken of <paramref name="seen"/>.</summary>
    public Task Change(CoordinatorState seen) => Task.WhenAny(journal.ChangedSince(seen), coordinator.NextChange);

    /// <summary>The cost of all attempts in which an input was announced.</summary>
    public static Rho Spent(StudyEntry study, StudyPlan plan) =>
        plan.Mechanism.PerRound.Times(study.Rounds.Count(r => r.Inputs.Count > 0));

    private static string SiteWord(CoordinatorState state, StudyEntry study, OpenRound? open, string client)
    {
        if (state.Clients.GetValueOrDefault(client)?.Standing == ClientStanding.Revoked)
            return "withdrawn";
        if (study.ShutOut.ContainsKey(client))
            return "shut-out";
        if (open is null || !open.Invited.Contains(client))
        {
            return study.Decisions.GetValueOrDefault(client) switch
            {
                null => "undecided",
                { Approve: true } => "approved",
                _ => "refused",
            };
        }

        var attempt = open.Of(client);
        var group = attempt.Plan.Group.Number;
        if (!attempt.IsExpected(client))
            return "withdrawn";
        if (study.Open is { } round && (round.DroppedGroups.ContainsKey(group)
            || (round.Rosters.TryGetValue(group, out var roster) && !roster.Clients.Contains(client))))
            return "dropped";
        if (attempt.Answered.Contains(client))
            return "done";
        return study.Open?.Inputs.ContainsKey(client) == true ? "masked" : "ready";
    }

    // The mean pace of the rounds played, carried on.
    private static long SecondsLeft(StudyEntry study, StudyPlan plan)
    {
        if (study.IsOver)
            return 0;
        if (study.Started is not { } started || study.LastOpened is not { } last)
            return -1;
        var pace = (last.Origin.Time - started.Origin.Time) / study.PlayedRounds;
        return (long)(pace * (plan.RoundCount - study.PlayedRounds)).TotalSeconds;
    }

    private static long Milliseconds(DateTimeOffset time) =>
        time == default || time == DateTimeOffset.MaxValue ? 0 : time.ToUnixTimeMilliseconds();
}
