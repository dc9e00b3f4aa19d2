using FedMeta.Learning;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.Server.Enrolment;
using FedMeta.Server.Hosting;
using FedMeta.Server.Ledger;
using FedMeta.Server.Models;
using FedMeta.Server.Reports;
using FedMeta.Server.Rounds;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using FedMeta.Server.Studies;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace FedMeta.Server.Operator;

/// <summary>The coordinator's own commands.</summary>
internal sealed class OperatorService(
    FactJournal journal, EnrolmentDesk enrolment, StudyDesk studies, StudyPlans plans, StudySnapshots snapshots,
    RoundCoordinator coordinator, Mailboxes mail, ReportDesk reports, ModelStore models, LedgerDesk ledger,
        IHostApplicationLifetime lifetime)
    : Protocol.V1.Operator.OperatorBase
{
    /// <inheritdoc/>
    public override Task<InviteReply> Invite(InviteRequest request, ServerCallContext context)
    {
        var (invite, problem) = enrolment.Invite(request.Name);
        using (invite)
        {
            return Task.FromResult(invite is null
                ? new InviteReply { Ack = Refused("not-invited", problem!) }
                : new InviteReply
                {
                    Ack = Accepted(),
                    ClientId = invite.ClientId,
                    Invite = invite.Reveal(),
                    ExpiresAt = invite.Expires.ToUnixTimeSeconds(),
                });
        }
    }

    /// <inheritdoc/>
    public override Task<ClientReply> ApproveClient(ClientName request, ServerCallContext context)
    {
        var client = Client(request.Name);
        var problem = enrolment.Approve(client.Id);
        return Task.FromResult(Reply(client.Id, problem is null ? Accepted() : Refused("not-pending", problem)));
    }

    /// <inheritdoc/>
    public override Task<ClientReply> RevokeClient(ClientName request, ServerCallContext context)
    {
        var client = Client(request.Name);
        var revoked = enrolment.Revoke(client.Id);
        coordinator.Expel(client.Id, "revoked");
        return Task.FromResult(Reply(client.Id, revoked ? Accepted() : Refused("revoked-before",
            "it was revoked before")));
    }

    /// <inheritdoc/>
    public override Task<ClientReply> ReadmitClient(ClientName request, ServerCallContext context)
    {
        var client = Client(request.Name);
        var readmitted = false;
        foreach (var study in ShutOutOf(client))
        {
            readmitted |= journal.TryRecord(FactJournal.OperatorActor, s =>
                s.Studies[study.Hash] is { IsOver: false } now && now.ShutOut.ContainsKey(client.Id)
                    ? new ClientReadmitted(study.Hash, client.Id)
                    : null);
        }

        return Task.FromResult(Reply(client.Id, readmitted ? Accepted() : Refused("not-shut-out",
            "no running study has shut it out")));
    }

    /// <inheritdoc/>
    public override Task<ListClientsReply> ListClients(ListClientsRequest request, ServerCallContext context)
    {
        var reply = new ListClientsReply();
        reply.Clients.AddRange(journal.State.Clients.Values.Select(Info));
        return Task.FromResult(reply);
    }

    /// <inheritdoc/>
    public override async Task<ModelKept> KeepModel(IAsyncStreamReader<Chunk> requestStream, ServerCallContext context)
    {
        var whole = new ChunkAssembler(1, GivenModel.MaxBytes);
        while (await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false))
        {
            if (whole.Add(requestStream.Current) is not null)
                break;
        }

        if (!whole.TryFinish(out var bytes, out var broken))
            return new ModelKept { Ack = Refused("incomplete", $"the file did not arrive whole ({broken})") };
        using var stream = new MemoryStream(bytes, writable: false);
        if (ModelFileReader.Read(stream).Refusal is { } refusal)
            return new ModelKept { Ack = Refused("no-model", refusal) };
        return new ModelKept
        {
            Ack = Accepted(),
            ModelHash = ByteString.CopyFrom(Convert.FromHexString(models.KeepModel(bytes))),
        };
    }

    /// <inheritdoc/>
    public override Task<ProposeReply> ProposeStudy(ProposeRequest request, ServerCallContext context)
    {
        var (document, problems) = studies.Propose(request.Draft.Span, request.Probe.Span,
            request.Initial.Span);
        var reply = document is null
            ? new ProposeReply { Ack = Refused("not-sound", "correct the study file") }
            : new ProposeReply
            {
                Ack = Accepted(),
                Document = ByteString.CopyFrom(document.Canonical.Span),
                StudyHash = ByteString.CopyFrom(document.Hash.ToArray()),
            };
        reply.Problems.AddRange(problems);
        return Task.FromResult(reply);
    }

    /// <inheritdoc/>
    public override Task<ListStudiesReply> ListStudies(ListStudiesRequest request, ServerCallContext context)
    {
        var reply = new ListStudiesReply();
        reply.Studies.AddRange(journal.State.Studies.Values.OrderBy(s => s.Proposed.Record)
            .Select(s => StudiesService.Summary(s, plans.Of(s))));
        return Task.FromResult(reply);
    }

    /// <inheritdoc/>
    public override Task<StudyText> GetStudy(StudySelector request, ServerCallContext context) =>
        Task.FromResult(TextOf(Study(request.Study)));

    /// <inheritdoc/>
    public override Task<Ack> ControlStudy(ControlRequest request, ServerCallContext context)
    {
        var hash = Study(request.Study).Hash;
        var done = journal.TryRecord(FactJournal.OperatorActor, s => (request.Action, s.Studies[hash]) switch
        {
            ("pause", { Standing: StudyStanding.Running }) => new OperatorAction("pause", hash),
            ("resume", { Standing: StudyStanding.Paused }) => new OperatorAction("resume", hash),
            ("stop", { IsOver: false, StopRequested: false }) => new OperatorAction("stop", hash),
            _ => null,
        });
        if (done && request.Action == "stop")
            coordinator.Runner(hash)?.Interrupt();
        return Task.FromResult(done
            ? Accepted()
            : Refused("not-possible",
                $"a study that is {Reports.Privacy.PrivacyFigures.StateName(journal.State.Studies[hash].Standing)} cannot {request.Action}"));
    }

    /// <inheritdoc/>
    public override async Task WatchStudy(StudySelector request, IServerStreamWriter<StudySnapshot> responseStream,
        ServerCallContext context)
    {
        var hash = Study(request.Study).Hash;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken,
            lifetime.ApplicationStopping);
        long after = 0;
        while (!either.IsCancellationRequested)
        {
            var seen = journal.State;
            var change = snapshots.Change(seen);
            var snapshot = snapshots.Take(hash, after);
            after = snapshot.Events.Count > 0 ? (long)snapshot.Events[^1].Record : after;
            await responseStream.WriteAsync(snapshot, context.CancellationToken).ConfigureAwait(false);
            if (seen.Studies[hash].IsOver)
                return;
            await change.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // An end of the stream means that the study is over, which it is not.
        throw new RpcException(new Status(StatusCode.Unavailable, "the coordinator stops"));
    }

    /// <inheritdoc/>
    public override Task GetReport(ReportRequest request, IServerStreamWriter<Chunk> responseStream,
        ServerCallContext context) =>
        Chunks.WriteAsync(responseStream, reports.Make(Study(request.Study), request.Kind, request.Format)
            ?? throw new RpcException(new Status(StatusCode.InvalidArgument,
                "a report is privacy, participation or study, as html or json")),
            context.CancellationToken);

    /// <inheritdoc/>
    public override Task<Ack> RecordAudit(AuditFound request, ServerCallContext context)
    {
        var study = Study(request.Study);
        var found = new AuditRecorded(study.Hash, Convert.ToHexStringLower(request.Code.Span), Count(request.Canaries),
            Count(request.Guesses), Count(request.Correct), request.Delta, request.Level);
        if (!found.IsPossible)
            return Task.FromResult(Refused("not-an-audit", "the counts, delta or level cannot be those of an audit"));
        journal.Record(FactJournal.OperatorActor, found);
        return Task.FromResult(Accepted());

        // What no audit has becomes a number that none may have.
        static int Count(uint number) => number > int.MaxValue ? -1 : (int)number;
    }

    /// <inheritdoc/>
    public override Task GetModel(OperatorModelRequest request, IServerStreamWriter<Chunk> responseStream,
        ServerCallContext context)
    {
        var study = Study(request.Study);
        var hash = request.Round == 0
            ? study.LastCompleted?.Model ?? plans.Of(study).InitialModel
            : study.Rounds.Where(r => r.Round == request.Round).Select(r => r.Outcome).OfType<RoundOutcome.Completed>()
                .FirstOrDefault()?.Model ?? throw new RpcException(new Status(StatusCode.NotFound,
                    $"round {request.Round} has no model"));
        journal.Record(FactJournal.OperatorActor, new ModelRead(study.Hash, hash, FactJournal.OperatorActor));
        return Chunks.WriteAsync(responseStream, models.Model(hash), context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task ExportJournal(StudySelector request, IServerStreamWriter<Chunk> responseStream,
        ServerCallContext context)
    {
        Study(request.Study);
        return Chunks.WriteAsync(responseStream, ledger.Export(), context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task ExportCheckpoint(CheckpointSelector request, IServerStreamWriter<Chunk> responseStream,
        ServerCallContext context) =>
        Chunks.WriteAsync(responseStream, ledger.Checkpoint(request.Records)
            ?? throw new RpcException(new Status(StatusCode.NotFound,
                $"there is no checkpoint of {request.Records} records")),
            context.CancellationToken);

    private ClientReply Reply(string id, Ack ack) => new() { Ack = ack, Client = Info(journal.State.Clients[id]) };

    private ClientInfo Info(ClientEntry client) => new()
    {
        ClientId = client.Id,
        Name = client.Name,
        State = client.Standing.ToString().ToLowerInvariant(),
        Fingerprint = client.Key.Length == 0 ? "" : KeyFingerprint.Of(Convert.FromBase64String(client.Key)),
        LastSeen = mail.LastSeen(client.Id)?.ToUnixTimeSeconds() ?? 0,
        CertificateExpires = client.CertificateExpiresAt,
        Version = client.Version,
        ShutOut = { ShutOutOf(client).Select(s => s.Name) },
    };

    private IEnumerable<StudyEntry> ShutOutOf(ClientEntry client) =>
        journal.State.Studies.Values.Where(s => !s.IsOver && s.ShutOut.ContainsKey(client.Id));

    private StudyText TextOf(StudyEntry study) => new()
    {
        Document = ByteString.CopyFromUtf8(study.Document),
        Notes =
        {
            study.ShutOut.Select(s => $"{s.Key} is shut out since record {s.Value.Origin.Record}: {s.Value.Reason}; "
                + ShutOut.Remedy(s.Key)),
        },
    };

    private ClientEntry Client(string name) => journal.State.FindClient(name)
        ?? throw new RpcException(new Status(StatusCode.NotFound,
            $"there is no hospital named {name}; fedmeta client list shows all"));

    private StudyEntry Study(string selector) => journal.State.FindStudy(selector)
        ?? throw new RpcException(new Status(StatusCode.NotFound,
            $"there is no study named {selector}; fedmeta study list shows all"));

    private static Ack Accepted() => new() { Accepted = true };

    private static Ack Refused(string word, string detail) => new() { Refusal = word, Detail = detail };
}
