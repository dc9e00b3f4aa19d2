using FedMeta.SecureAgg;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.Rounds;

/// <summary>
/// One sum of an attempt at a round: holds the aggregation's state, takes messages from many threads, and closes each
/// phase when all that are still expected have answered or when its deadline has passed. Sets are put on record before
/// they are announced.
/// </summary>
internal sealed class RoundAttempt(RoundPlan plan, FactJournal journal, IRoundPost post, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _expected = new(plan.Invited, StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _excluded = new(StringComparer.Ordinal);
    private ServerState _state = plan.Begin();
    private TaskCompletionSource _complete = NewSignal();
    private UploadSlots? _slots;
    private volatile bool _isOver;

    /// <summary>The numbers and names of this attempt.</summary>
    public RoundPlan Plan => plan;

    /// <summary>The masked inputs that are on their way.</summary>
    public UploadSlots Uploads => LazyInitializer.EnsureInitialized(ref _slots,
        () => new UploadSlots(plan.StudyPlan.Terms.Privacy.Colluders + UploadSlots.Spare, TakeBack));

    /// <summary>How many bytes of a client's masked input are in the sum; 0 outside of that phase.</summary>
    public long UploadedBytes(string client)
    {
        lock (_gate)
            return _state is ServerCollectMaskedInput inputs ? inputs.UploadedBytes(client) : 0;
    }

    // What the phase's end has taken back already is gone.
    private void TakeBack(string client)
    {
        lock (_gate)
            (_state as ServerCollectMaskedInput)?.Abandon(client);
    }

    /// <summary>Whether it has ended, with a sum or without; other groups may still be playing.</summary>
    public bool IsOver => _isOver;

    /// <summary>What it waits for now, or waited for last.</summary>
    public WaitState Wait { get; private set; } = WaitState.Idle;

    /// <summary>Who has answered in the open phase.</summary>
    public IReadOnlyCollection<string> Answered
    {
        get
        {
            lock (_gate)
                return [.. _state.Received];
        }
    }

    /// <summary>Whether the client was invited and has not left.</summary>
    public bool IsExpected(string client)
    {
        lock (_gate)
            return _expected.Contains(client);
    }

    /// <summary>Hands a message to the open phase. Null if it was accepted, otherwise the refusal in words with
    /// hyphens.</summary>
    public string? Receive(string client, ClientMessage message)
    {
        lock (_gate)
        {
            if (_isOver)
                return PhaseNames.Hyphenated(RoundRefusal.RoundNotOpen);
            if (!_expected.Contains(client))
                return PhaseNames.Hyphenated(RoundRefusal.NotInvited);
            if (_state.Receive(client, message) is { } refusal)
                return PhaseNames.Hyphenated(refusal);
            Ring();
            return null;
        }
    }

    /// <summary>
    /// Whether the client may upload a masked input now: null, or the refusal. Asked before the first byte is accepted,
    /// so that nobody can make the coordinator hold a vector that it would not take.
    /// </summary>
    public string? MayUpload(string client)
    {
        lock (_gate)
        {
            return _state.Phase switch
            {
                _ when _isOver => PhaseNames.Hyphenated(RoundRefusal.RoundNotOpen),
                _ when !_expected.Contains(client) => PhaseNames.Hyphenated(RoundRefusal.NotInvited),
                < AggregationPhase.CollectMaskedInput => PhaseNames.Hyphenated(ServerRefusal.TooEarly),
                > AggregationPhase.CollectMaskedInput => PhaseNames.Hyphenated(ServerRefusal.PhaseClosed),
                _ when _state.Received.Contains(client) => PhaseNames.Hyphenated(ServerRefusal.AlreadyReceived),
                _ when !_state.Awaited.Contains(client) => PhaseNames.Hyphenated(ServerRefusal.NotInRound),
                _ => null,
            };
        }
    }

    /// <summary>The client leaves, or was shut out: it is waited for no longer.</summary>
    public void Leave(string client, string reason)
    {
        lock (_gate)
        {
            if (!_expected.Remove(client))
                return;
            _excluded.TryAdd(client, reason);
            Ring();
        }
    }

    /// <summary>Plays the phases. The caller announces the start before and the end after.</summary>
    /// <exception cref="OperationCanceledException">The coordinator or the study stops.</exception>
    public async Task<RoundResult> RunAsync(DateTimeOffset firstDeadline, CancellationToken cancel)
    {
        try
        {
            return await PlayAsync(firstDeadline, cancel).ConfigureAwait(false);
        }
        finally
        {
            // Other groups may go on for long: nobody shall be charged for what this one can use no more.
            lock (_gate)
                _isOver = true;
        }
    }

    private async Task<RoundResult> PlayAsync(DateTimeOffset firstDeadline, CancellationToken cancel)
    {
        var deadline = firstDeadline;
        BeginWait(deadline);
        while (true)
        {
            await WaitForPhaseAsync(deadline, cancel).ConfigureAwait(false);
            var phase = _state.Phase;
            NoteSilent();
            if (phase == AggregationPhase.CollectMaskedInput && Answered.Count < plan.LeastInputs)
                return new RoundResult.Failed("quorum-missed", PhaseNames.Of(phase), Excluded([]));
            var (next, outgoing) = Close();
            switch (next)
            {
                case ServerCompleted completed:
                    return new RoundResult.Summed(completed.Sum[0].ToResidues(), completed.Receipt,
                        Excluded(completed.Included))
                    { Faults = RoundFaults.Of(completed) };
                case ServerAborted aborted:
                    return new RoundResult.Failed(PhaseNames.Hyphenated(aborted.Reason), PhaseNames.Of(phase),
                        Excluded([]))
                    { Faults = RoundFaults.Of(aborted) };
                default:
                    RecordRoster(outgoing);
                    deadline = time.GetUtcNow() + plan.Deadline;
                    BeginWait(deadline);
                    foreach (var (client, message) in outgoing)
                        post.Send(client, plan, WireMessages.Write(message, client), deadline);
                    break;
            }
        }
    }

    // Before anyone hears of the phase: an upload ends with the deadline that stands here.
    private void BeginWait(DateTimeOffset deadline)
    {
        lock (_gate)
        {
            Wait = new WaitState(PhaseNames.Of(_state.Phase), PhaseNames.Waiting(_state.Phase), time.GetUtcNow(),
                deadline);
        }

        post.PhaseChanged(plan);
    }

    private async Task WaitForPhaseAsync(DateTimeOffset deadline, CancellationToken cancel)
    {
        Task complete;
        lock (_gate)
        {
            Ring();
            complete = _complete.Task;
        }

        var left = deadline - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return;
        using var limit = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
        try
        {
            await complete.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The deadline has passed: the phase closes with what has arrived.
        }
    }

    private void NoteSilent()
    {
        lock (_gate)
        {
            foreach (var silent in _expected.Intersect(_state.Awaited))
                _excluded.TryAdd(silent, $"no answer in {PhaseNames.Of(_state.Phase)}");
        }
    }

    private ServerTransition Close()
    {
        lock (_gate)
        {
            var transition = _state.Close();
            _state = transition.State;
            _complete = NewSignal();
            return transition;
        }
    }

    // The roster is on record before anyone hears of it.
    private void RecordRoster(IReadOnlyDictionary<string, ServerMessage> outgoing)
    {
        if (outgoing.Values.FirstOrDefault() is Roster)
        {
            journal.Record(FactJournal.ServerActor, new RoundRoster(plan.Study, plan.Round, plan.Attempt,
                plan.Group.Number, [.. outgoing.Keys.Order(StringComparer.Ordinal)]));
        }
    }

    // Called inside the lock. Those who left or were silent once are not waited for; what they still send is taken.
    private void Ring()
    {
        if (_state.IsComplete || !_state.Awaited.Any(c => _expected.Contains(c) && !_excluded.ContainsKey(c)))
            _complete.TrySetResult();
    }

    private SortedDictionary<string, string> Excluded(IReadOnlyList<string> included)
    {
        lock (_gate)
        {
            var excluded = new SortedDictionary<string, string>(_excluded, StringComparer.Ordinal);
            foreach (var client in included)
                excluded.Remove(client);
            return excluded;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
