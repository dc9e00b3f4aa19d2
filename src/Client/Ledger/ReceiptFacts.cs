using FedMeta.Client.Studies;
using FedMeta.Protocol;
using FedMeta.SecureAgg;
using V1 = FedMeta.Protocol.V1;

namespace FedMeta.Client.Ledger;

/// <summary>Between a receipt and its record, and from a record back to the round that it speaks of.</summary>
internal static class ReceiptFacts
{
    /// <summary>The record of a receipt.</summary>
    /// <param name="study">Hash of the approved document.</param>
    /// <param name="round">The round.</param>
    /// <param name="start">Its announcement.</param>
    /// <param name="receipt">What was signed.</param>
    public static ReceiptKept Of(
        string study, V1.RoundId round, V1.RoundStart start, AggregationReceipt receipt) => new(
        study,
        round.Round,
        round.Attempt,
        Convert.ToHexStringLower(start.ModelHash.Span),
        Convert.ToBase64String(start.RotationSeed.Span),
        start.Expiry,
        Convert.ToHexStringLower(receipt.RosterHash.Span),
        receipt.Included,
        receipt.Signatures.ToDictionary(
            each => each.ClientId, each => Convert.ToBase64String(each.Signature.Span), StringComparer.Ordinal));

    /// <summary>What is wrong with a receipt on record, in words; null where it holds.</summary>
    /// <param name="kept">The record.</param>
    /// <param name="study">The approved document, verified again.</param>
    /// <param name="self">The hospital whose receipt it is.</param>
    public static string? Problem(ReceiptKept kept, VerifiedStudy study, string self)
    {
        if (!Sha256Digest.TryParse(kept.Model, out var model) || !Sha256Digest.TryParse(kept.RosterHash, out var roster)
            || kept.Attempt > int.MaxValue || kept.Expiry is < 0 or > 253402300799)
            return "the receipt's facts are out of their bounds";
        if (!Base64Text.TryDecode(kept.RotationSeed, out var rotation) || rotation.Length != 32)
            return "the receipt's rotation seed is not 32 bytes";
        var signatures = new List<SurvivorSignature>(kept.Signatures.Count);
        foreach (var (client, text) in kept.Signatures.OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            if (!Base64Text.TryDecode(text, out var signature)) return $"the signature of '{client}' is not base64";
            signatures.Add(new SurvivorSignature(client, signature));
        }

        if (!study.Members.ContainsKey(self) || !kept.Included.Contains(self))
            return "the receipt is of a sum that this hospital is not in";
        var context = study.RoundOf(self, new RoundId(kept.Round, (int)kept.Attempt), model.ToArray(), rotation,
            DateTimeOffset.FromUnixTimeSeconds(kept.Expiry));
        var receipt = new AggregationReceipt(context.Id, roster.ToArray(), kept.Included, signatures);
        return ReceiptCheck.Run(receipt, context) is { } finding ? Words(finding, context, signatures.Count) : null;
    }

    private static string Words(ReceiptFinding finding, RoundContext context, int signatures) => finding.Problem switch
    {
        ReceiptProblem.UnknownMember => $"the receipt names '{finding.Client}', which is no member of the sum's study",
        ReceiptProblem.SignerNotIncluded => context.Members.ContainsKey(finding.Client)
            ? $"'{finding.Client}' signed the receipt and is not in the sum"
            : $"'{finding.Client}' signed the receipt and is no member of the sum's study",
        ReceiptProblem.TooFewSignatures => $"the receipt has {signatures} signatures and the study asks for "
            + $"{context.Parameters.ShareThreshold}",
        ReceiptProblem.BadSignature => $"the signature of '{finding.Client}' does not hold over the receipt",
        ReceiptProblem.NotAscending => "the receipt's list names a hospital twice or is not in order",
        _ => "the receipt is about another round",
    };
}
