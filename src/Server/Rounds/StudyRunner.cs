using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.Models;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;
using Google.Protobuf;
using Microsoft.Extensions.Logging;

namespace FedMeta.Server.Rounds;

/// <summary>
/// Drives one study from its start to its end: waits for hospitals, plays attempts, makes models. What it knows it
/// reads from
/// the journal, so a runner that starts after a crash goes on where the journal ends.
/// </summary>
internal sealed class StudyRunner(string study, StudyPlan plan, RoundServices services, ILogger log) : IRoundPost
{
    private volatile WaitState _wait = WaitState.Idle;
    private volatile OpenRound? _attempt;
    private CancellationTokenSource? _stop;

    /// <summary>The study's hash, hex.</summary>
    public string Study => study;

    /// <summary>What its document means.</summary>
    public StudyPlan Plan => plan;

    /// <summary>The open attempt, or null.</summary>
    public OpenRound? Attempt => _attempt;

    /// <summary>What the study waits for now.</summary>
    public WaitState Wait => _attempt?.Wait ?? _wait;

    /// <summary>Raised when the phase or the wait has changed; records raise the journal's own event.</summary>
    public event Action? Changed;

    /// <summary>Aborts the open attempt, if any; the runner then acts on what the journal says.</summary>
    public void Interrupt()
    {
        try
        {
            Volatile.Read(ref _stop)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The attempt ended in this very moment: there is nothing left to abort.
        }
    }

    /// <summary>Shows what has to be mended before the study goes on.</summary>
    public void Hold(FedMetaException fault, DateTimeOffset until) => SetWait(
        new WaitState("idle", $"a fault of the coordinator to be mended: {fault.What}", services.Time.GetUtcNow(),
            until));

    /// <summary>Runs until the study is over.</summary>
    /// <exception cref="OperationCanceledException">The coordinator stops.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (Entry is { IsOver: false } entry)
        {
            if (StudyProspects.WhyOver(services.Journal.State, entry, plan, services) is { } end)
                End(end.State, end.Reason);
            else if (StudyProspects.WhyPause(services.Journal.State, entry, plan) is { } pause)
                Pause(pause);
            else if (entry.Standing == StudyStanding.Paused)
                await PausedAsync(cancel).ConfigureAwait(false);
            else if (await GatherAsync(entry, cancel).ConfigureAwait(false) is { } invited)
                await PlayAsync(Entry, invited, cancel).ConfigureAwait(false);
        }
    }

    private void Pause(string reason)
    {
        var paused = services.Journal.TryRecord(FactJournal.ServerActor,
            s => s.Studies[study].Standing == StudyStanding.Running ? new StudyPaused(study, reason) : null);
        if (paused)
            RoundLog.StudyPaused(log, Entry.Name, reason);
    }

    // Puts the end on record and tells the members.
    private void End(string state, string reason)
    {
        var model = CurrentModel(Entry);
        var ended = services.Journal.TryRecord(FactJournal.ServerActor,
            s => s.Studies[study].IsOver ? null : new StudyEnded(study, state, reason, model));
        if (!ended)
            return;
        RoundLog.StudyEnded(log, Entry.Name, state, reason);
        Idle();
        foreach (var client in Entry.Started?.Approved ?? [])
        {
            services.Mail.Post(client, new Instruction
            {
                Round = new RoundId { StudyHash = Hash(study) },
                StudyEnd = new StudyEnd { State = state, ModelHash = Hash(model) },
            });
        }
    }

    /// <inheritdoc/>
    public void Send(string client, RoundPlan round, Instruction body, DateTimeOffset deadline)
    {
        body.Round = round.WireId;
        body.Deadline = deadline.ToUnixTimeMilliseconds();
        services.Mail.Post(client, body);
    }

    /// <inheritdoc/>
    public void PhaseChanged(RoundPlan round) => Changed?.Invoke();

    /// <summary>The hash of the meta-model that the next round starts from.</summary>
    public string CurrentModel(StudyEntry entry) => entry.LastCompleted?.Model ?? plan.InitialModel;

    private StudyEntry Entry => services.Journal.State.Studies[study];

    private async Task PausedAsync(CancellationToken cancel)
    {
        var now = services.Time.GetUtcNow();
        var why = Entry.PauseReason is { } reason ? $": {reason}" : "";
        SetWait(new WaitState("idle", $"the operator to resume the study{why}", now, DateTimeOffset.MaxValue));
        var seen = services.Journal.State;
        if (seen.Studies[study] is { Standing: StudyStanding.Paused, StopRequested: false })
            await services.Journal.ChangedSince(seen).WaitAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits until every hospital that can take part is there, or until the deadline. Null if too few came or the study
    /// changed: the caller then looks at the journal again.
    /// </summary>
    private async Task<IReadOnlyList<string>?> GatherAsync(StudyEntry entry, CancellationToken cancel)
    {
        if (entry.AbortedInARow > 0)
            await UntilAsync("a pause after an aborted attempt", plan.Deadline / 4, () => false, cancel)
                .ConfigureAwait(false);
        var eligible = StudyProspects.Eligible(services.Journal.State, entry);
        await UntilAsync($"{eligible.Count} hospitals to be there", plan.Deadline,
            () => eligible.All(services.Mail.IsPresent), cancel).ConfigureAwait(false);
        if (!ReferenceEquals(entry, Entry))
            return null;
        var present = StudyProspects.Eligible(services.Journal.State, entry).Where(services.Mail.IsPresent).ToList();
        return present.Count >= StudyProspects.SmallestRoster(plan) ? present : null;
    }

    // Ends when the condition holds, at the latest after the given time, and at once when the study changes.
    private async Task UntilAsync(string what, TimeSpan longest, Func<bool> holds, CancellationToken cancel)
    {
        var since = services.Time.GetUtcNow();
        SetWait(new WaitState("idle", what, since, since + longest));
        using var limit = new CancellationTokenSource(longest, services.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        var entry = Entry;
        while (true)
        {
            var seen = services.Journal.State;
            var events = Task.WhenAny(services.Mail.NextArrival, services.Journal.ChangedSince(seen));
            if (holds() || !ReferenceEquals(entry, seen.Studies[study]))
                return;
            try
            {
                await events.WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task PlayAsync(StudyEntry entry, IReadOnlyList<string> invited, CancellationToken cancel)
    {
        if (services.Plans.Announce(entry, plan, CurrentModel(entry), invited) is not { } round)
            return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Volatile.Write(ref _stop, stop);
        if (Entry.StopRequested)
            await stop.CancelAsync().ConfigureAwait(false);
        var open = new OpenRound([.. round.Sums.Select(s => new RoundAttempt(s, services.Journal, this,
            services.Time))], plan.NeededSums);
        _attempt = open;
        try
        {
            var deadline = services.Time.GetUtcNow() + open.Plan.Deadline;
            foreach (var sum in open.Announced)
            {
                foreach (var client in sum.Invited)
                    Send(client, sum, new Instruction { Start = StartFor(client, entry, round.Start) }, deadline);
            }

            RoundLog.Started(log, entry.Name, open.Plan.Round, open.Plan.Attempt, invited.Count);
            Conclude(open, await open.RunAsync(deadline, stop.Token).ConfigureAwait(false), round.Start);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            Fail(open, new RoundResult.Failed("study-stopped", open.Wait.Phase, new Dictionary<string, string>()));
        }
        finally
        {
            _attempt = null;
            Volatile.Write(ref _stop, null);
            Idle();
        }
    }

    private static RoundStart StartFor(string client, StudyEntry entry, RoundStart start)
    {
        var own = start.Clone();
        if (entry.LastCountedWith(client) is { } counted)
        {
            own.Counted = new RoundId
            {
                StudyHash = Hash(entry.Hash),
                Round = (uint)counted.Round,
                Attempt = (uint)counted.Attempt,
            };
        }

        return own;
    }

    private void Conclude(OpenRound open, RoundTally tally, RoundStart start)
    {
        var round = open.Plan;
        Record(round, tally);
        var step = tally.Failure is null
            ? services.Models.Step(plan, CurrentModel(Entry), Entry.LastCompleted?.Optimizer, round, tally.Opened,
                start.RotationSeed.Span, Entry.LeastProbeLoss)
            : null;
        if (step is null)
            Fail(open, tally.Failure! with { Excluded = tally.Excluded });
        else
            Adopt(open, tally, step);
    }

    // The one record that says whether the model changed: without it, a crash has changed nothing.
    private void Adopt(OpenRound open, RoundTally tally, StepResult step)
    {
        var (round, included) = (open.Plan, tally.Included);
        switch (step)
        {
            case StepResult.Adopted adopted:
                services.Journal.Record(FactJournal.ServerActor, new RoundCompleted(round.Study, round.Round,
                    round.Attempt, included, tally.Excluded, adopted.Model, adopted.Optimizer, adopted.Checks));
                RoundLog.Completed(log, Entry.Name, round.Round, included.Count);
                Tell(open, new RoundEnd { Completed = true, Included = { included }, ModelHash = Hash(adopted.Model) });
                break;
            case StepResult.RolledBack refused:
                services.Journal.Record(FactJournal.ServerActor, new RoundRolledBack(round.Study, round.Round,
                    round.Attempt, included, tally.Excluded, refused.Reason, refused.Checks));
                RoundLog.RolledBack(log, Entry.Name, round.Round, refused.Reason);
                Tell(open, new RoundEnd { Reason = "rolled-back", Included = { included } });
                break;
        }
    }

    // Every sum that was opened stands on record before anything is made of it, also where too few were, or where a
    // fault keeps the coordinator from making a model: it was released.
    private void Record(RoundPlan round, RoundTally tally)
    {
        foreach (var (sum, faults) in tally.Faults)
        {
            services.Journal.Record(FactJournal.ServerActor, new RoundConflicts(round.Study, round.Round, round.Attempt,
                sum.Group.Number, [.. faults.Conflicts.Select(c => new ConflictOnRecord(c.Dealer, c.Holder,
                    PhaseNames.Hyphenated(c.Kind)))], faults.Culprits, faults.Unrecovered));
            RoundLog.Conflicts(log, Entry.Name, round.Round, faults.Conflicts.Count,
                string.Join(", ", faults.Culprits.Union(faults.Unrecovered)));
        }

        foreach (var (sum, result) in tally.Opened)
        {
            services.Journal.Record(FactJournal.ServerActor, new RoundSurvivors(round.Study, round.Round,
                round.Attempt, sum.Group.Number,
                Convert.ToHexStringLower(result.Receipt.RosterHash.Span), result.Receipt.Included,
                result.Receipt.Signatures.ToDictionary(s => s.ClientId, s =>
                    Convert.ToBase64String(s.Signature.Span))));
        }

        foreach (var (sum, result) in tally.Dropped.Where(d => d.Plan.Group.Number > 0))
        {
            services.Journal.Record(FactJournal.ServerActor, new RoundGroupDropped(round.Study, round.Round,
                round.Attempt, sum.Group.Number, result.Reason, result.Phase));
        }
    }

    private void Fail(OpenRound open, RoundResult.Failed failed)
    {
        var round = open.Plan;
        services.Journal.Record(FactJournal.ServerActor, new RoundAborted(round.Study, round.Round, round.Attempt,
            failed.Reason,
            failed.Phase, failed.Excluded));
        RoundLog.Aborted(log, Entry.Name, round.Round, round.Attempt, failed.Reason);
        Tell(open, new RoundEnd { Reason = failed.Reason });
    }

    private void Tell(OpenRound open, RoundEnd end)
    {
        foreach (var client in open.Invited)
            Send(client, open.Plan, new Instruction { End = end.Clone() }, services.Time.GetUtcNow());
    }

    private void Idle() => SetWait(WaitState.Idle);

    private void SetWait(WaitState wait)
    {
        _wait = wait;
        Changed?.Invoke();
    }

    private static ByteString Hash(string hex) => ByteString.CopyFrom(Convert.FromHexString(hex));
}
