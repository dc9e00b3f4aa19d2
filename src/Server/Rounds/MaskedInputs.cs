using System.Collections.Concurrent;
using FedMeta.Protocol;
using FedMeta.Protocol.V1;
using FedMeta.SecureAgg;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using Grpc.Core;

namespace FedMeta.Server.Rounds;

/// <summary>
/// Receives masked inputs. Before a byte of the vector is taken the sender's right to send it and its signed spend
/// statement are checked, and the statement is put on record: from then on the journal counts the cost, whatever
/// becomes of the upload. Pieces are added to the sum as they arrive; a broken upload goes on where it broke, with the
/// same statement and the same content. One connection for each client at a time, and so many uploads as there are
/// places.
/// </summary>
internal sealed class MaskedInputs(FactJournal journal, TimeProvider time)
{
    // One connection may hold a place for this part of a phase; then others come first.
    private const int TurnsInAPhase = 4;

    // Pieces are kept as they came until their upload is complete: a client may not cut its input into crumbs.
    private const int LeastPiece = 4096;

    private readonly ConcurrentDictionary<(string Study, string Client), UploadStream> _streams = new();

    /// <summary>Reads the upload that <paramref name="header"/> began; null if it was accepted, else the
    /// refusal.</summary>
    /// <exception cref="RpcException">Unavailable: the turn is over, or a newer connection came; what has arrived is
    /// kept and the client may go on.</exception>
    public async Task<string?> ReceiveAsync(RoundAttempt attempt, string client, MaskedInputHeader header,
        IAsyncStreamReader<MaskedInputPart> parts, CancellationToken cancel)
    {
        if (attempt.MayUpload(client) is { } closed)
            return closed;
        if (header.ContentHash.Length != Sha256Digest.Length)
            return PhaseNames.Hyphenated(RoundRefusal.BadUpload);
        if (Charge(attempt.Plan, client, header) is { } unpaid)
            return PhaseNames.Hyphenated(unpaid);
        using var stream = new UploadStream();
        var left = attempt.Wait.Until - time.GetUtcNow();
        using var phase = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, phase.Token, stream.Ended);
        var key = (attempt.Plan.Study, client);
        try
        {
            while (!_streams.TryAdd(key, stream))
            {
                if (_streams.TryGetValue(key, out var older))
                    await older.EndAsync(either.Token).ConfigureAwait(false);
            }

            var refusal = await TurnAsync(attempt, client, header, parts, either.Token).ConfigureAwait(false);
            if (refusal is null)
                await EndAsync(parts, either.Token).ConfigureAwait(false);
            return refusal;
        }
        catch (Exception broken) when (broken is OperationCanceledException or IOException or RpcException)
        {
            if (phase.IsCancellationRequested)
                return PhaseNames.Hyphenated(ServerRefusal.PhaseClosed);
            throw new RpcException(new Status(StatusCode.Unavailable, "the upload was cut; go on where it broke"));
        }
        finally
        {
            _streams.TryRemove(KeyValuePair.Create(key, stream));
        }
    }

    // The sender closes its side; the input is in the sum whether or not that is still seen.
    private static async Task EndAsync(IAsyncStreamReader<MaskedInputPart> parts, CancellationToken cancel)
    {
        try
        {
            await parts.MoveNext(cancel).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is OperationCanceledException or IOException or RpcException)
        {
            // Nothing was missing.
        }
    }

    // From the wait for a place until it is left again.
    private async Task<string?> TurnAsync(RoundAttempt attempt, string client, MaskedInputHeader header,
        IAsyncStreamReader<MaskedInputPart> parts, CancellationToken cancel)
    {
        var slots = attempt.Uploads;
        if (slots.Contradicts(client, header.ContentHash.Span))
            return PhaseNames.Hyphenated(RoundRefusal.ContentChanged);
        var upload = await slots.TakeAsync(client, cancel).ConfigureAwait(false);
        var isComplete = false;
        try
        {
            using var turn = new CancellationTokenSource(attempt.Plan.Deadline / TurnsInAPhase, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, turn.Token);
            while (await parts.MoveNext(either.Token).ConfigureAwait(false))
            {
                if (parts.Current.PartCase != MaskedInputPart.PartOneofCase.Chunk)
                    return PhaseNames.Hyphenated(RoundRefusal.BadUpload);
                if (Take(attempt, upload, parts.Current.Chunk, header.ContentHash.Span, out isComplete) is { } refusal)
                    return refusal;
                if (isComplete)
                    return null;
            }

            return PhaseNames.Hyphenated(RoundRefusal.BadUpload);
        }
        finally
        {
            slots.Leave(upload, isComplete);
        }
    }

    // Adds one piece to the sum; a wrong offset changes nothing. The last one is only taken if the whole is what the
    // header said.
    private static string? Take(RoundAttempt attempt, Upload upload, Chunk chunk, ReadOnlySpan<byte> content,
        out bool isComplete)
    {
        isComplete = false;
        var total = (ulong)attempt.Plan.InputBytes;
        if (chunk.Total != total || chunk.Offset > total || chunk.Data.Length is 0 or > ChunkSplitter.ChunkBytes
            || chunk.Offset + (ulong)chunk.Data.Length > total)
            return PhaseNames.Hyphenated(RoundRefusal.BadUpload);
        var isLast = chunk.Offset + (ulong)chunk.Data.Length == total;
        if (chunk.Data.Length < LeastPiece && !isLast)
            return PhaseNames.Hyphenated(RoundRefusal.BadUpload);
        if (chunk.Offset != (ulong)attempt.UploadedBytes(upload.Client))
            return PhaseNames.Hyphenated(ServerRefusal.WrongOffset);
        upload.Add(chunk.Data.Span);
        var refusal = isLast && !upload.Is(content)
            ? PhaseNames.Hyphenated(RoundRefusal.ContentChanged)
            : attempt.Receive(upload.Client, new MaskedInputChunk((long)chunk.Offset, chunk.Data.Memory));
        upload.IsSpoilt = refusal is not null;
        if (upload.IsSpoilt)
            return refusal;
        attempt.Uploads.Bind(upload.Client, content);
        isComplete = isLast;
        return null;
    }

    private RoundRefusal? Charge(RoundPlan plan, string client, MaskedInputHeader header)
    {
        var model = Convert.ToHexStringLower(plan.Context.ModelHash.Span);
        if (SpendCheck.Problem(plan.StudyPlan, plan.Round, plan.Attempt, model, client, header.Spend.Span,
            header.SpendSignature.Span, out var entry) is not null)
            return RoundRefusal.BadSpend;
        if (!header.ContentHash.Span.SequenceEqual(entry!.Message.ToArray()))
            return RoundRefusal.ContentChanged;
        var spend = Convert.ToBase64String(header.Spend.Span);
        RoundRefusal? refusal = null;
        journal.TryRecord(client, state =>
        {
            // The attempt may have ended while the header was checked; then nothing is accepted, and nothing recorded.
            if (state.Studies[plan.Study].Open is not { } open || open.Round != plan.Round
                || open.Attempt != plan.Attempt)
                return null;
            if (open.Inputs.TryGetValue(client, out var before))
                refusal = before.Spend != spend ? RoundRefusal.SpendChanged : null;
            else if ((SpendCheck.Order(entry, state.Studies[plan.Study])
                ?? SpendCheck.Anchor(entry, state.Ledger)) is not null)
                refusal = RoundRefusal.BadSpend;
            else
            {
                return new RoundInput(plan.Study, plan.Round, plan.Attempt, client, spend,
                    Convert.ToBase64String(header.SpendSignature.Span), plan.InputBytes);
            }

            return null;
        });
        return refusal;
    }
}
