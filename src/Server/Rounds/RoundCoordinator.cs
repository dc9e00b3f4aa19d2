using System.Collections.Concurrent;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;
using Google.Protobuf;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FedMeta.Server.Rounds;

/// <summary>
/// Starts studies whose members have decided, keeps a runner for each running one, and leads messages to the open
/// attempt.
/// An attempt that a crash or a stop interrupted is put on record as aborted before anything else happens: its keys
/// are gone.
/// </summary>
internal sealed class RoundCoordinator(RoundServices services, StudyPlans plans, ILogger<RoundCoordinator> log)
    : BackgroundService
{
    /// <summary>How long the coordinator waits after a fault of its environment before it tries again.</summary>
    public static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (StudyRunner Runner,
        Task Task)> _runners = new(StringComparer.Ordinal);
    private volatile TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when any study's phase or wait changes.</summary>
    public Task NextChange => _change.Task;

    /// <summary>The runner of a study, or null if it does not run.</summary>
    public StudyRunner? Runner(string study) => _runners.TryGetValue(study, out var running) ? running.Runner : null;

    /// <summary>The sum in which the client's messages belong of the open attempt with exactly this id, or
    /// null.</summary>
    public RoundAttempt? Find(RoundId? id, string client)
    {
        if (id is null)
            return null;
        var open = Runner(Convert.ToHexStringLower(id.StudyHash.Span))?.Attempt;
        return open?.Plan is { } plan && plan.Round == id.Round && plan.Attempt == id.Attempt ? open.Of(client) : null;
    }

    /// <summary>The hash of the model that a study started from.</summary>
    public string InitialModel(StudyEntry study) => plans.Of(study).InitialModel;

    /// <summary>Shuts a client out of every open attempt.</summary>
    public void Expel(string client, string reason)
    {
        foreach (var (runner, _) in _runners.Values)
            runner.Attempt?.Leave(client, reason);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var seen = services.Journal.State;
            try
            {
                StartDecided(seen);
            }
            catch (FedMetaException fault)
            {
                // A full disk must not end the coordinator: it goes on when there is room again.
                await PauseAsync("The coordinator", fault, stoppingToken).ConfigureAwait(false);
                continue;
            }

            seen = services.Journal.State;
            foreach (var study in seen.Studies.Values.Where(s => s.Started is not null))
            {
                if (!study.IsOver && !_runners.ContainsKey(study.Hash))
                    Start(study, stoppingToken);
            }

            await services.Journal.ChangedSince(seen).WaitAsync(stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(_runners.Values.Select(r => r.Task)).ConfigureAwait(false);
    }

    /// <summary>Puts on record that attempts which a crash or a stop interrupted are aborted, and tells their
    /// clients.</summary>
    public void Recover()
    {
        foreach (var study in services.Journal.State.Studies.Values)
        {
            Abort(study, RoundOutcome.ServerRestarted);
        }
    }

    // An attempt that nobody plays any more.
    private void Abort(StudyEntry study, string reason)
    {
        if (study.Open is not { } open)
            return;
        services.Journal.Record(FactJournal.ServerActor, new RoundAborted(study.Hash, open.Round, open.Attempt,
            reason, "idle", new Dictionary<string, string>()));
        foreach (var client in open.Invited)
        {
            services.Mail.Post(client, new Instruction
            {
                Round = new RoundId
                {
                    StudyHash = ByteString.CopyFrom(Convert.FromHexString(study.Hash)),
                    Round = (uint)open.Round,
                    Attempt = (uint)open.Attempt,
                },
                End = new RoundEnd { Reason = reason },
            });
        }
    }

    private void StartDecided(CoordinatorState state)
    {
        foreach (var study in state.Studies.Values.Where(s => s.Standing == StudyStanding.Proposed))
        {
            var plan = plans.Of(study);
            // A member that was revoked before it decided is not waited for: it can never take part.
            if (study.StopRequested)
            {
                EndProposed(study, plan, "the operator stopped it");
                continue;
            }

            var waiting = plan.Members.Where(m => !study.Decisions.ContainsKey(m.Id)
                && state.Clients.GetValueOrDefault(m.Id)?.Standing == ClientStanding.Active);
            if (waiting.Any())
                continue;
            var approved = study.Decisions.Where(d => d.Value.Approve).Select(d => d.Key).ToList();
            var needed = StudyProspects.SmallestRoster(plan);
            if (approved.Count < needed)
                EndProposed(study, plan, $"{approved.Count} hospitals approved and a round needs {needed}");
            else
                services.Journal.Record(FactJournal.ServerActor, new StudyStarted(study.Hash, approved));
        }
    }

    private void EndProposed(StudyEntry study, StudyPlan plan, string reason) =>
        services.Journal.Record(FactJournal.ServerActor,
        new StudyEnded(study.Hash, "stopped", reason, plan.InitialModel));

    private void Start(StudyEntry study, CancellationToken stopping)
    {
        var runner = new StudyRunner(study.Hash, plans.Of(study), services, log);
        runner.Changed += () => Interlocked.Exchange(ref _change,
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        _runners[study.Hash] = (runner, Task.Run(() => RunAsync(runner, study.Name, stopping), CancellationToken.None));
    }

    private async Task RunAsync(StudyRunner runner, string name, CancellationToken stopping)
    {
        try
        {
            while (!await TryRunAsync(runner, name, stopping).ConfigureAwait(false))
            {
                // The fault has had time to be mended.
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The open attempt is found in the journal by the next start.
        }
        catch (Exception fault)
        {
            // One broken study must not stop the others; the fault itself is for the developers.
            RoundLog.RunnerFailed(log, name, fault);
        }
    }

    // False after a fault of the environment: the attempt that it broke is aborted first when there is room again.
    private async Task<bool> TryRunAsync(StudyRunner runner, string name, CancellationToken stopping)
    {
        try
        {
            Abort(services.Journal.State.Studies[runner.Study], RoundOutcome.CoordinatorFault);
            await runner.RunAsync(stopping).ConfigureAwait(false);
            return true;
        }
        catch (FedMetaException fault)
        {
            runner.Hold(fault, services.Time.GetUtcNow() + FaultPause);
            await PauseAsync($"Study {name}", fault, stopping).ConfigureAwait(false);
            return false;
        }
    }

    private Task PauseAsync(string subject, FedMetaException fault, CancellationToken stopping)
    {
        RoundLog.Waits(log, subject, FaultPause.TotalSeconds, fault.Code.Name(), fault.What);
        return Task.Delay(FaultPause, services.Time, stopping);
    }
}
