using FedMeta.Client.Budget;
using FedMeta.Client.Connection;
using FedMeta.Client.Ledger;
using FedMeta.Client.Models;
using FedMeta.Client.Noise;
using FedMeta.Client.Witness;
using FedMeta.Privacy;
using FedMeta.Protocol;
using FedMeta.SecureAgg;
using Grpc.Core;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Client.Agent;

/// <summary>
/// The hospital's side of a round. The order of the lines is the order of the promises: reserve on disk, noise, data,
/// keys; spend on disk, masked input; signature over the survivors, one answer to unmask. A crash between any two of
/// them reveals nothing and never counts too little.
/// </summary>
internal sealed class RoundParticipant(
    IRoundServer server,
    string clientId,
    HospitalJournal journal,
    HospitalBudget budget,
    RoundEntry entry,
    RoundInput input,
    NoisePool noises,
    IWitness witness,
    ModelFolder models,
    TimeProvider time,
    Action<AgentEvent> report) : IDisposable
{
    private readonly Dictionary<string, RoundSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>Handles one instruction of the server.</summary>
    /// <exception cref="RpcException">The server could not be reached; the round goes on without this
    /// hospital.</exception>
    public async Task HandleAsync(V1.Instruction instruction, CancellationToken stop)
    {
        var round = instruction.Round ?? new V1.RoundId();

        // Of no study: nothing to answer, and nothing that could fill the journal.
        if (round.StudyHash.Length != Sha256Digest.Length) return;
        switch (instruction.BodyCase)
        {
            case V1.Instruction.BodyOneofCase.Start:
                await StartAsync(round, instruction.Start, stop);
                break;
            case V1.Instruction.BodyOneofCase.End:
                End(round, instruction.End);
                break;
            case V1.Instruction.BodyOneofCase.StudyEnd:
                await EndStudyAsync(round, instruction.StudyEnd, stop);
                break;
            case V1.Instruction.BodyOneofCase.None:
                break;
            default:
                await AnswerAsync(round, instruction, stop);
                break;
        }
    }

    /// <summary>To be called where nothing is left to answer: while no attempt is open, noise is drawn for the next
    /// attempt at each approved study. During an attempt it would slow the answers down by how long it takes.</summary>
    public void Rest()
    {
        if (_sessions.Count > 0) return;
        try
        {
            noises.Prepare(entry.Approved());
        }
        catch (FedMetaException)
        {
            // A policy that somebody is just writing: what is wrong with it is said where an attempt begins.
            noises.Prepare([]);
        }
    }

    /// <summary>Leaves every round that is still open and says so; what was not spent is released.</summary>
    public async Task WithdrawAsync(RoundRejection rejection, CancellationToken stop)
    {
        foreach (var session in _sessions.Values.ToList()) await RefuseAsync(session, rejection, stop);
    }

    /// <summary>Leaves every round that is still open; what was not spent is released.</summary>
    public void Dispose()
    {
        foreach (var session in _sessions.Values.ToList()) Leave(session, "stopping");
    }

    private async Task StartAsync(V1.RoundId round, V1.RoundStart start, CancellationToken stop)
    {
        if (Find(round, exact: false) is { } older && !older.Round.Equals(round)) Leave(older, "superseded");
        if (await witness.ObjectionAsync(stop) is { } objection)
        {
            await RefuseAsync(round, objection, stop);
            return;
        }

        if (entry.TryEnter(round, start, out var session, out var lastUsed) is { } rejection)
        {
            await RefuseAsync(round, rejection, stop);
            return;
        }

        _sessions[session!.Study.Hash] = session;
        try
        {
            Say(session, AgentEventKind.Phase, "training");
            rejection = await input.PrepareAsync(session, lastUsed, built => ReportUnits(session, built), stop);
            if (rejection is not null) await RefuseAsync(session, rejection, stop);
            else await SendAsync(session, "waiting for the roster", stop);
        }
        catch (Exception fault) when (fault is RpcException or OperationCanceledException or FedMetaException)
        {
            Leave(session, fault is RpcException ? "unreachable" : "stopping");
            throw;
        }
    }

    private async Task AnswerAsync(V1.RoundId round, V1.Instruction instruction, CancellationToken stop)
    {
        if (Find(round, exact: true) is not { State: { } state } session) return;
        if (WireMessages.Read(instruction) is not { } message) return;
        var transition = state.Receive(message, time.GetUtcNow());
        session.State = transition.State;
        session.Outgoing = transition.Outgoing;
        if (transition.Refusal is { } refusal)
        {
            var rejection = new RoundRejection(RoundRefusal.ProtocolViolation, refusal.ToString());
            if (transition.State is ClientAborted) await RefuseAsync(session, rejection, stop);
            else Record(round, rejection);
            return;
        }

        // Only now is the roster's count tied to the root and to every key that was agreed; nothing was shared yet.
        var least = session.Approved.Limits.MinPeers;
        if (message is Roster roster && roster.Count < least)
        {
            await RefuseAsync(session, new(RoundRefusal.TooFewPeers,
                $"the roster has {roster.Count} hospitals and this one joins {least}"), stop);
            return;
        }

        if (transition.State is ClientCompleted completed) Keep(session, completed.Receipt);
        if (transition.Outgoing is MaskedInputMessage masked) await UploadAsync(session, masked, stop);
        else await SendAsync(session, NextStep(message), stop);
    }

    // On disk before the one answer that opens the sum: whatever is opened, this hospital can say with whom it was
    // summed.
    private void Keep(RoundSession session, AggregationReceipt receipt) => journal.Record(
        FactTypes.Receipt, ReceiptFacts.Of(session.Study.Hash, session.Round, session.Start, receipt),
        FactShapes.Default.ReceiptKept);

    private async Task UploadAsync(RoundSession session, MaskedInputMessage masked, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var content = Sha256Digest.Of(masked.Packed.Span);
        var entry = budget.Spend(session.Cost, content);
        session.IsSpent = true;
        var header = WireMessages.Header(session.Round, entry, content);
        var bytes = header.CalculateSize() + masked.Packed.Length;
        Sent(session, "masked-input", bytes);
        Say(session, AgentEventKind.Phase, $"sending the masked input ({bytes} bytes)");

        // A second try sends the same bytes: it reveals nothing new and costs nothing.
        var tries = 0;
        Task<V1.Ack> Send()
        {
            tries++;
            return server.UploadAsync(header, masked.Packed, stop);
        }

        var ack = await Retry.WhileAwayAsync(Send, session.Expiry, time, stop);
        if (ack.Accepted) witness.Taken(session.Study.Hash, session.Round.Round, session.Round.Attempt);
        if (ack.Accepted || (tries > 1 && MayBeTaken(ack)))
            Say(session, AgentEventKind.Phase, "waiting for the other hospitals");
        else await RefuseAsync(session, Refused("masked-input", ack), stop);
    }

    // The first try may have brought the whole input, and only its answer was lost: then the others wait for this
    // hospital's signature. The next message, or the round's end, tells.
    private static bool MayBeTaken(V1.Ack ack) => ack.Refusal is "already-received" or "phase-closed";

    private static RoundRejection Refused(string message, V1.Ack ack) => new(RoundRefusal.ServerRefuses,
        $"the server did not take the {message}: {Words.Clean(ack.Refusal)}");

    private async Task SendAsync(RoundSession session, string next, CancellationToken stop)
    {
        if (session.Outgoing is not { } outgoing) return;
        session.Outgoing = null;
        var message = WireMessages.Write(session.Round, clientId, outgoing);
        Sent(session, WireMessages.NameOf(message), message.CalculateSize());
        var tries = 0;
        Task<V1.Ack> Send()
        {
            tries++;
            return server.SendAsync(message, stop);
        }

        // The answer to the first try may have been lost: what the server then refuses as sent twice, it has.
        var ack = await Retry.WhileAwayAsync(Send, session.Expiry, time, stop);
        if (ack.Accepted || tries > 1) Say(session, AgentEventKind.Phase, next);
        else await RefuseAsync(session, Refused(WireMessages.NameOf(message), ack), stop);
    }

    private void End(V1.RoundId round, V1.RoundEnd end)
    {
        if (Find(round, exact: true) is not { } session) return;

        // The entry first: whoever reads of an end finds its release, wherever the process died.
        if (session.Receipt is { } receipt) budget.Release(session.Cost, receipt.Included.Count);
        journal.Record(
            FactTypes.Ended,
            new RoundEnded(session.Study.Hash, round.Round, round.Attempt, end.Completed, Words.Clean(end.Reason),
                session.Receipt?.Included ?? [], Sha256Digest.TryFrom(end.ModelHash.Span, out var model)
                    ? model.ToString()
                    : ""),
            FactShapes.Default.RoundEnded);
        Say(session, AgentEventKind.RoundEnded, end.Completed
            ? $"completed with {end.Included.Count} hospitals"
            : $"ended without a model: {Words.Clean(end.Reason)}");
        Leave(session, "round-aborted");
        witness.Look();
    }

    private async Task EndStudyAsync(V1.RoundId round, V1.StudyEnd end, CancellationToken stop)
    {
        if (Find(round, exact: false) is { } session) Leave(session, "study-ended");
        if (!Sha256Digest.TryFrom(round.StudyHash.Span, out var study)) return;
        noises.End(study.ToString());
        input.End(study.ToString());
        var decision = journal.Ask(state => state.Decision(study.ToString()));
        if (decision is not { Approve: true }) return;
        var adopted = false;
        if (Sha256Digest.TryFrom(end.ModelHash.Span, out var hash)
            && await server.GetModelAsync(hash, stop) is { } bytes && Sha256Digest.Of(bytes) == hash)
        {
            adopted = true;
            models.Keep(hash, bytes);
            journal.Record(FactTypes.Adopted, new ModelAdopted(study.ToString(), hash.ToString(), Final: true),
                FactShapes.Default.ModelAdopted);
        }

        budget.Close(study.ToString());
        await witness.LookAsync(stop);
        report(new AgentEvent(AgentEventKind.StudyEnded, decision.Name, 0, 0,
            $"the study ended: {Words.Clean(end.State)}" + (adopted ? "" : "; there is no model to fetch")));
    }

    private async Task RefuseAsync(RoundSession session, RoundRejection rejection, CancellationToken stop)
    {
        Leave(session, rejection.Word); // after the spend it stays charged
        await RefuseAsync(session.Round, rejection, stop);
    }

    private async Task RefuseAsync(V1.RoundId round, RoundRejection rejection, CancellationToken stop)
    {
        Record(round, rejection);
        var message = new V1.PhaseMessage
        {
            Round = round,
            Withdraw = new V1.Withdraw { Reason = rejection.Word, Detail = rejection.Detail },
        };
        Sent(Convert.ToHexStringLower(round.StudyHash.Span), round, "withdraw", message.CalculateSize());
        await server.SendAsync(message, stop);
    }

    private void Record(V1.RoundId round, RoundRejection rejection)
    {
        var study = Convert.ToHexStringLower(round.StudyHash.Span);
        journal.Record(
            FactTypes.Refused,
            new RoundRefused(study, round.Round, round.Attempt, rejection.Word, rejection.Detail),
            FactShapes.Default.RoundRefused);
        var name = journal.Ask(state => state.Decision(study)?.Name) ?? "";
        report(new AgentEvent(AgentEventKind.Refused, name, round.Round, 0, $"{rejection.Word}: {rejection.Here ?? rejection.Detail}"));
    }

    private void Leave(RoundSession session, string reason)
    {
        _sessions.Remove(session.Study.Hash);
        session.Dispose();
        if (!session.IsSpent) budget.Abort(session.Cost, reason);
    }

    private RoundSession? Find(V1.RoundId round, bool exact)
    {
        var session = _sessions.GetValueOrDefault(Convert.ToHexStringLower(round.StudyHash.Span));
        return session is null || (exact && !session.Round.Equals(round)) ? null : session;
    }

    private void Sent(RoundSession session, string message, long bytes) =>
        Sent(session.Study.Hash, session.Round, message, bytes);

    private void Sent(string study, V1.RoundId round, string message, long bytes) => journal.Record(
        FactTypes.Sent, new MessageSent(study, round.Round, round.Attempt, message, bytes),
            FactShapes.Default.MessageSent);

    private void ReportUnits(RoundSession session, Training.Contribution built)
    {
        if (built.Lost is { } lost)
        {
            journal.Record(
                FactTypes.StateLost,
                new SiteStateLost(session.Study.Hash, session.Round.Round, session.Round.Attempt, lost),
                FactShapes.Default.SiteStateLost);
            Say(session, AgentEventKind.Phase, "the control variate that this hospital keeps from round to round "
                + $"starts again from zero: {lost}; what it had given to the shared one stays there");
        }

        Say(session, AgentEventKind.Phase,
            (session.Study.Demands.Order is null
                ? $"trained on {built.Units} units"
                : $"trained with a secret coin for each of {built.Units} patients")
            + (built.NotFinite == 0
                ? ""
                : $", of which {built.NotFinite} were not finite and count as zero: the study's learning rate is too large "
                    + "for these rows; tell its author")
            + (built.SatOut == 0 ? "" : $"; {built.SatOut} rows beyond the study's max_rows sit this round out")
            + (built.Warnings == 0
                ? ""
                : $"; warnings about the data file: {built.Warnings}, see 'fedmeta-client data check'"));
    }

    private void Say(RoundSession session, AgentEventKind kind, string text) => report(new AgentEvent(
        kind, session.Study.Name, session.Round.Round, session.Study.Rounds, text,
        session.Study.Demands.Epsilon(
            journal.Ask(state => state.RhoOf(session.Study.Hash)), session.Study.Delta)));

    private static string NextStep(ServerMessage message) => message switch
    {
        Roster => "waiting for the others' shares",
        SurvivorList => "waiting for the others' signatures",
        _ => "waiting for the sum",
    };
}
