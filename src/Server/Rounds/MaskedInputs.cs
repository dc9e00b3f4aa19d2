using System.Collections.Concurrent;
using FedMeta.Protocol.V1;
using FedMeta.SecureAgg;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;
using Grpc.Core;

namespace FedMeta.Server.Rounds;

/// <summary>
/// Receives masked inputs. Before a byte of the vector is taken the sender's right to send it and its signed spend
/// statement
/// are checked, and the statement is put on record: from then on the journal counts the cost, whatever becomes of the
/// upload.
/// One upload for each client at a time, so memory is bounded by the roster.
/// </summary>
internal sealed class MaskedInputs(FactJournal journal, TimeProvider time)
{
    private readonly ConcurrentDictionary<(string Study, string Client), byte> _uploading = new();

    /// <summary>Reads the upload that <paramref name="header"/> began; null if it was accepted, else the
    /// refusal.</summary>
    public async Task<string?> ReceiveAsync(RoundAttempt attempt, string client, MaskedInputHeader header,
        IAsyncStreamReader<MaskedInputPart> parts, CancellationToken cancel)
    {
        if (attempt.MayUpload(client) is { } closed)
            return closed;
        if (!_uploading.TryAdd((attempt.Plan.Study, client), 0))
            return PhaseNames.Hyphenated(RoundRefusal.UploadInProgress);
        try
        {
            if (Charge(attempt.Plan, client, header) is { } refusal)
                return PhaseNames.Hyphenated(refusal);
            var left = attempt.Wait.Until - time.GetUtcNow();
            using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
            var packed = await MaskedInputReader.ReadAsync(parts, attempt.Plan.InputBytes, either.Token)
                .ConfigureAwait(false);
            return packed is null
                ? PhaseNames.Hyphenated(RoundRefusal.BadUpload)
                : attempt.Receive(client, new MaskedInputMessage(packed));
        }
        catch (Exception broken) when (broken is OperationCanceledException or IOException or RpcException)
        {
            // Too slow, or the connection broke: a client may try again with the same bytes while the phase is open.
            return PhaseNames.Hyphenated(RoundRefusal.BadUpload);
        }
        finally
        {
            _uploading.TryRemove((attempt.Plan.Study, client), out _);
        }
    }

    private RoundRefusal? Charge(RoundPlan plan, string client, MaskedInputHeader header)
    {
        var model = Convert.ToHexStringLower(plan.Context.ModelHash.Span);
        if (SpendCheck.Problem(plan.StudyPlan, plan.Round, plan.Attempt, model, client, header.Spend.Span,
            header.SpendSignature.Span) is not null)
            return RoundRefusal.BadSpend;
        var spend = Convert.ToBase64String(header.Spend.Span);
        var changed = false;
        journal.TryRecord(client, state =>
        {
            // The attempt may have ended while the header was checked; then nothing is accepted, and nothing recorded.
            if (state.Studies[plan.Study].Open is not { } open || open.Round != plan.Round
                || open.Attempt != plan.Attempt)
                return null;
            if (!open.Inputs.TryGetValue(client, out var before))
            {
                return new RoundInput(plan.Study, plan.Round, plan.Attempt, client, spend,
                    Convert.ToBase64String(header.SpendSignature.Span), plan.InputBytes);
            }

            changed = before.Spend != spend;
            return null;
        });
        return changed ? RoundRefusal.SpendChanged : null;
    }
}
