using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.SecureAgg;
using FedMeta.Server.Hosting;
using FedMeta.Server.Models;
using FedMeta.Server.State;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FedMeta.Server.Rounds;

/// <summary>A round as a client sees it. Whatever a client sends can cause a refusal, nothing else.</summary>
internal sealed class RoundsService(
    RoundCoordinator coordinator, Mailboxes mail, MaskedInputs inputs, ModelStore models, FactJournal journal,
    IHostApplicationLifetime lifetime, ILogger<RoundsService> log) : Protocol.V1.Rounds.RoundsBase
{
    private const int MaxReason = 64;

    /// <inheritdoc/>
    public override async Task<Instruction> Await(AwaitRequest request, ServerCallContext context)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken,
                lifetime.ApplicationStopping);
            return await mail.AwaitAsync(Caller.Of(context).Name, request.After, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "the caller left or the coordinator stops"));
        }
    }

    /// <inheritdoc/>
    public override async Task GetModel(ModelRequest request, IServerStreamWriter<Chunk> responseStream,
        ServerCallContext context)
    {
        var client = Caller.Of(context).Name;
        var hash = Convert.ToHexStringLower(request.ModelHash.Span);
        if (!MayRead(client, hash))
            throw new RpcException(new Status(StatusCode.NotFound, "no such model in a study of yours"));
        await Chunks.WriteAsync(responseStream, models.Model(hash), context.CancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<Ack> Send(PhaseMessage request, ServerCallContext context)
    {
        var client = Caller.Of(context).Name;
        var kind = request.BodyCase.ToString();
        if (coordinator.Find(request.Round, client) is not { } attempt)
            return Task.FromResult(Answer(client, kind, PhaseNames.Hyphenated(RoundRefusal.RoundNotOpen)));
        if (request.BodyCase == PhaseMessage.BodyOneofCase.Withdraw)
        {
            attempt.Leave(client, StudyProspects.Withdrew(Word(request.Withdraw.Reason)));
            return Task.FromResult(new Ack { Accepted = true });
        }

        var refusal = WireMessages.Read(request) is { } message
            ? attempt.Receive(client, message)
            : PhaseNames.Hyphenated(RoundRefusal.Malformed);
        return Task.FromResult(Answer(client, kind, refusal));
    }

    /// <inheritdoc/>
    public override async Task<Ack> UploadMaskedInput(IAsyncStreamReader<MaskedInputPart> requestStream,
        ServerCallContext context)
    {
        var client = Caller.Of(context).Name;
        string? refusal;
        if (!await requestStream.MoveNext(context.CancellationToken).ConfigureAwait(false)
            || requestStream.Current.PartCase != MaskedInputPart.PartOneofCase.Header)
            refusal = PhaseNames.Hyphenated(RoundRefusal.BadUpload);
        else if (coordinator.Find(requestStream.Current.Header.Round, client) is not { } attempt)
            refusal = PhaseNames.Hyphenated(RoundRefusal.RoundNotOpen);
        else
            refusal = await inputs.ReceiveAsync(attempt, client, requestStream.Current.Header, requestStream,
                context.CancellationToken)
                .ConfigureAwait(false);
        return Answer(client, "MaskedInput", refusal);
    }

    /// <inheritdoc/>
    public override Task<UploadProgress> AskUpload(Protocol.V1.RoundId request, ServerCallContext context)
    {
        var client = Caller.Of(context).Name;
        var bytes = coordinator.Find(request, client)?.UploadedBytes(client) ?? 0;
        return Task.FromResult(new UploadProgress { Bytes = (ulong)bytes });
    }

    // Those who approved read every model of their study; when it has ended, its last model is the consortium's.
    private bool MayRead(string client, string hash) => Sha256Digest.TryParse(hash, out _)
        && journal.State.Studies.Values.Any(s => s.Decisions.GetValueOrDefault(client) is { Approve: true }
            ? coordinator.InitialModel(s) == hash || s.Rounds.Any(r =>
                (r.Outcome as RoundOutcome.Completed)?.Model == hash)
            : s.Standing is StudyStanding.Completed or StudyStanding.Partial && s.LastCompleted?.Model == hash);

    private Ack Answer(string client, string kind, string? refusal)
    {
        if (refusal is null)
            return new Ack { Accepted = true };
        RoundLog.Refused(log, client, kind, refusal);
        return new Ack { Refusal = refusal };
    }

    // One word of a closed alphabet: what a client writes stands in the journal and on pages.
    private static string Word(string reason)
    {
        var word = string.Concat(reason.Where(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            .Take(MaxReason));
        return word.Length == 0 ? "unspecified" : word;
    }
}
