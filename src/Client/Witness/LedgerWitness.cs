using FedMeta.Client.Agent;
using FedMeta.Client.Connection;
using FedMeta.Client.Ledger;
using FedMeta.Client.Policy;
using FedMeta.Protocol;
using Google.Protobuf;
using Grpc.Core;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Client.Witness;

/// <summary>
/// Watches the coordinator's ledger for this hospital: after each round, at a study's end and when the coordinator
/// answers again it fetches the newest checkpoint, holds it against all that the hospital knows, puts its own signature
/// on record and only then hands it over. Checks run beside the rounds and never hold one up, unless the hospital went
/// on without a check for as long as its policy allows.
/// </summary>
internal sealed class LedgerWitness(
    ILedgerServer server,
    HospitalJournal journal,
    MemberKeys members,
    Identity identity,
    string clientId,
    KeyPin pin,
    EvidenceFolder evidence,
    Func<HospitalPolicy> policy,
    Action<AgentEvent> report) : IWitness, IDisposable
{
    /// <summary>Most own spends that are asked for at a time.</summary>
    public const int MaxSpends = 32;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _broken = new();
    private readonly HashSet<(string, uint, uint)> _taken = [];
    private Task _running = Task.CompletedTask;
    private bool _again;
    private FedMetaException? _fault;

    /// <summary>Set when nothing more may be answered: see <see cref="ThrowIfBroken"/>.</summary>
    public CancellationToken Broken => _broken.Token;

    /// <summary>Says why nothing more is answered.</summary>
    /// <exception cref="FedMetaException">The coordinator broke its ledger (41), or a record of it could not be
    /// kept.</exception>
    public void ThrowIfBroken()
    {
        lock (_gate)
            if (_fault is { } fault) throw fault;
        if (journal.Ask(state => state.CoSigning.Violation) is { } violation) throw Explain(violation);
    }

    /// <inheritdoc/>
    public async Task<RoundRejection?> ObjectionAsync(CancellationToken stop)
    {
        if (Violated() is { } violated) return violated;
        var most = policy().MaxUnwitnessedRounds;
        int Unwitnessed() => journal.Ask(state => state.CoSigning.Unwitnessed);
        if (Unwitnessed() == 0) return null;
        Look();
        if (Unwitnessed() < most) return null;
        await LookAsync(stop);
        if (Violated() is { } found) return found;
        return Unwitnessed() < most ? null : new(RoundRefusal.LedgerWithheld,
            $"{most} inputs left since the coordinator last showed a ledger that could be checked");
    }

    /// <inheritdoc/>
    public void Taken(string study, uint round, uint attempt)
    {
        lock (_gate) _taken.Add((study, round, attempt));
    }

    /// <inheritdoc/>
    public void Look()
    {
        lock (_gate)
        {
            _again = true;
            if (!_running.IsCompleted) return;
            _running.GetAwaiter().GetResult(); // a defect in the last check ends the agent
            _running = Task.Run(RunAsync);
        }
    }

    /// <inheritdoc/>
    public async Task LookAsync(CancellationToken stop)
    {
        Look();
        Task running;
        lock (_gate) running = _running;
        await running.WaitAsync(stop);
    }

    /// <summary>Ends what is under way; what is on record stays.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        Task running;
        lock (_gate) running = _running;
        await running;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _broken.Dispose();
    }

    // One check at a time; whatever asked for one meanwhile gets one more.
    private async Task RunAsync()
    {
        while (TakeTurn())
        {
            try
            {
                await CheckAsync(_stop.Token);
            }
            catch (RpcException fault)
            {
                Warn($"{fault.StatusCode} {Words.Clean(fault.Status.Detail)}".TrimEnd());
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (FedMetaException fault) when (fault.Code == ExitCode.VersionSkew)
            {
                Warn("its version keeps no ledger");
            }
            catch (FedMetaException fault)
            {
                Break(fault);
            }
        }
    }

    private bool TakeTurn()
    {
        lock (_gate)
        {
            var turn = _again && !_stop.IsCancellationRequested && _fault is null;
            _again = false;
            return turn;
        }
    }

    private async Task CheckAsync(CancellationToken stop)
    {
        var (takes, last, asked) = journal.Ask(state =>
            (state.CoSigning.TakesPart, state.CoSigning.Last, state.CoSigning.Unseen.TakeLast(MaxSpends).ToList()));
        if (!takes || Violated() is not null) return;
        lock (_gate)
            asked = [.. asked.Select(each => each with { WasTaken = each.WasTaken || IsTaken(each) })];
        var request = new V1.CheckpointRequest { KnownSize = (ulong)(last?.Head.Size ?? 0) };
        request.Spends.AddRange(asked.Select(Name));
        var reply = await server.GetCheckpointAsync(request, stop);
        switch (new CheckpointCheck(pin, clientId, members.Current()).Run(reply, last, asked))
        {
            case CheckpointVerdict.Holds holds when last is null || holds.Head.Size > last.Head.Size:
                await SignAsync(holds, reply, stop);
                break;
            case CheckpointVerdict.NotShown hidden:
                Warn(hidden.Why);
                break;
            case CheckpointVerdict.Violates violates:
                Break(Keep(violates, reply, last));
                break;
        }
    }

    // On disk before it leaves: whatever is shown later is held against this.
    private async Task SignAsync(CheckpointVerdict.Holds holds, V1.CheckpointReply reply, CancellationToken stop)
    {
        var line = NoteSignature.Of(holds.Head, clientId, identity);
        var note = $"{OwnText(reply)}{line.ToLine()}\n";
        journal.Record(
            FactTypes.CoSigned,
            new LedgerCoSigned(note, Convert.ToBase64String(reply.ServerKey.Span), holds.Seen, holds.Others),
            FactShapes.Default.LedgerCoSigned);
        var ack = await server.CoSignAsync(
            new V1.CoSignature { Size = (ulong)holds.Head.Size, Line = line.ToLine() }, stop);
        if (!ack.Accepted) Say($"the coordinator does not take this hospital's signature: {Words.Clean(ack.Refusal)}");
    }

    // The note as the coordinator signed it, without the others' lines: those belong to them.
    private string OwnText(V1.CheckpointReply reply)
    {
        if (!SignedNote.TryRead(reply.Note.Span, out var note)) return "";
        var origin = LedgerOrigin.Of(pin);
        var own = note.Signatures.First(each => each.Verify(note.Text, origin, reply.ServerKey.Span));
        return $"{note.Text}\n{own.ToLine()}\n";
    }

    private FedMetaException Keep(CheckpointVerdict.Violates found, V1.CheckpointReply reply, SignedCheckpoint? last)
    {
        var fact = new LedgerViolated(
            PhaseWord(found.Kind), found.What,
            last is null ? "" : System.Text.Encoding.UTF8.GetString(last.Note.ToBytes()),
            OwnText(reply),
            Convert.ToBase64String(reply.ServerKey.Span),
            [.. reply.Consistency.Take(MerkleProof.MaxLength + 1).Select(each => Convert.ToBase64String(
                each.Span[..Math.Min(each.Length, Sha256Digest.Length)]))],
            found.Spend, found.Line);
        journal.Record(FactTypes.Violated, fact, FactShapes.Default.LedgerViolated);
        evidence.Write(fact);
        return Explain(fact);
    }

    private FedMetaException Explain(LedgerViolated violation) => new(
        ExitCode.AuditFailed,
        $"the coordinator broke its ledger ({violation.Kind}): {violation.What}",
        $"nothing is answered any more; show {evidence.Path} to the other hospitals; after you have decided: "
        + "fedmeta-client ledger trust --reason TEXT");

    private RoundRejection? Violated() => journal.Ask(state => state.CoSigning.Violation) is { } violation
        ? new(RoundRefusal.LedgerViolated, violation.What)
        : null;

    private void Break(FedMetaException fault)
    {
        lock (_gate) _fault ??= fault;
        Say($"{fault.What}");
        _broken.Cancel();
    }

    private void Warn(string why)
    {
        var left = policy().MaxUnwitnessedRounds - journal.Ask(state => state.CoSigning.Unwitnessed);
        Say($"no checkpoint of the coordinator's ledger ({why}); "
            + (left > 0 ? $"this hospital goes on for {left} more rounds" : "no further round is begun"));
    }

    private bool IsTaken(OwnSpend spend) => _taken.Contains((spend.Study, spend.Round, spend.Attempt));

    private static V1.RoundId Name(OwnSpend spend) => new()
    {
        StudyHash = ByteString.CopyFrom(Convert.FromHexString(spend.Study)),
        Round = spend.Round,
        Attempt = spend.Attempt,
    };

    private static string PhaseWord(ViolationKind kind) => string.Concat(kind.ToString().Select((c, i) =>
        char.IsAsciiLetterUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));

    private void Say(string text) => report(new AgentEvent(AgentEventKind.Ledger, "", 0, 0, text));
}
