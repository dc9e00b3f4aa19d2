using System.Security.Cryptography;
using FedMeta.Client.Budget;
using FedMeta.Client.Connection;
using FedMeta.Client.Data;
using FedMeta.Client.Enrolment;
using FedMeta.Client.Homes;
using FedMeta.Client.Ledger;
using FedMeta.Client.Models;
using FedMeta.Client.Noise;
using FedMeta.Client.SiteStates;
using FedMeta.Client.Studies;
using FedMeta.Client.Training;
using FedMeta.Client.Witness;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;

namespace FedMeta.Client.Agent;

/// <summary>The agent of one home, put together: one process, no listening socket, everything it needs in its own
/// folder.</summary>
internal sealed class HospitalAgent : IDisposable
{
    private static readonly TimeSpan ApprovalPause = TimeSpan.FromSeconds(10);

    private readonly FolderLock _lock;
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private readonly ServerConnection _connection;
    private readonly Membership _membership;
    private readonly NoisePool _noises;
    private readonly RoundParticipant _participant;
    private readonly LedgerWitness _witness;
    private readonly AgentLoop _loop;
    private readonly TimeProvider _time;
    private readonly Action<AgentEvent> _report;

    /// <summary>Takes the home's lock and puts the agent together; nothing is sent yet.</summary>
    /// <exception cref="FedMetaException">Another agent runs in this home (34), or a file is wrong.</exception>
    public HospitalAgent(OpenedHome home, TimeProvider time, Action<AgentEvent> report)
    {
        (_time, _report) = (time, OneAtATime(report));
        var settings = home.Settings;
        var engine = EngineChoice.Of(settings, text => Say(AgentEventKind.Engine, text));
        _lock = FolderLock.Take(home.Home.LockFile, "fedmeta-client run");
        Say(AgentEventKind.Engine, $"training with {engine.Text}");
        _connection = ServerConnection.Of(settings, time);
        _membership = new Membership(_connection, home.Home, home.Identity, settings.ClientId, time);
        var server = new GrpcRoundServer(_connection);
        var studies = new ApprovedStudies(
            home.Journal, home.Home.PolicyFile, settings.ClientId, home.Identity.PublicKey);
        _witness = new LedgerWitness(
            new GrpcLedgerServer(_connection), home.Journal, new MemberKeys(home.Journal), home.Identity,
            settings.ClientId, settings.Pin, new EvidenceFolder(home.Home.EvidenceFolder, time), () => home.Policy,
            _report);
        var entries = new EntryWriter(home.Identity, settings.ClientId, time);
        var budget = new HospitalBudget(home.Journal, entries);
        _noises = new NoisePool((plan, stop) => NoiseShare.Draw(plan, _random, stop));
        _participant = new RoundParticipant(
            server,
            settings.ClientId,
            home.Journal,
            budget,
            new RoundEntry(home.Journal, budget, studies, settings.ClientId, time),
            new RoundInput(server, home.Identity, settings.ClientId, new SiteFile(settings.Data, settings.ClientId),
                engine, _noises, new SiteStateFolder(home.Home.SiteStatesFolder), _random, time),
            _noises,
            _witness,
            new ModelFolder(home.Home.ModelsFolder),
            time,
            _report);
        _loop = new AgentLoop(server, _membership, _participant, _witness, new Backoff(_random), time, _report);
    }

    /// <summary>Waits for the operator's approval where it is missing, then takes part until told to stop.</summary>
    /// <exception cref="FedMetaException">Revoked (23), wrong key of the server (21), unknown request (22).</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            if (!_membership.TryLoad()) await WaitForApprovalAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }

        await _loop.RunAsync(stop);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _participant.Dispose();
        _noises.Dispose();
        _witness.Dispose();
        _connection.Dispose();
        _random.Dispose();
        _lock.Dispose();
    }

    private async Task WaitForApprovalAsync(CancellationToken stop)
    {
        for (var said = false; ; said = true)
        {
            var state = EnrolmentStatus.Types.State.Pending;
            try
            {
                state = await _membership.RefreshAsync(stop);
            }
            catch (FedMetaException fault) when (fault.Code == ExitCode.ServerUnreachable)
            {
                Say(fault.What);
            }

            if (state == EnrolmentStatus.Types.State.Approved) return;
            if (state != EnrolmentStatus.Types.State.Pending) throw Membership.Explain(state);
            if (!said) Say("waiting for the operator to approve this hospital");
            await Task.Delay(ApprovalPause, _time, stop);
        }
    }

    // The witness speaks while rounds go on.
    private static Action<AgentEvent> OneAtATime(Action<AgentEvent> report)
    {
        var gate = new Lock();
        return step =>
        {
            lock (gate) report(step);
        };
    }

    private void Say(string text) => Say(AgentEventKind.Connection, text);

    private void Say(AgentEventKind kind, string text) => _report(new AgentEvent(kind, "", 0, 0, text));
}
