namespace FedMeta.SecureAgg;

/// <summary>Checks a receipt as <see cref="AggregationReceipt.Verify"/> does, and names what is wrong and whose it is:
/// for an auditor who has the round's context and nothing else.</summary>
public static class ReceiptCheck
{
    /// <summary>The first thing that is wrong with <paramref name="receipt"/>, or null where it holds.</summary>
    /// <param name="receipt">From anywhere.</param>
    /// <param name="context">The round as the auditor rebuilt it from the approved plan and the announcement.</param>
    public static ReceiptFinding? Run(AggregationReceipt receipt, RoundContext context)
    {
        if (receipt.Id != context.Id || receipt.RosterHash.Length != RoundContext.HashLength)
            return new ReceiptFinding(ReceiptProblem.AnotherRound, "");
        if (!ClientIds.AscendStrictly(receipt.Included)
            || !ClientIds.AscendStrictly(receipt.Signatures.Select(each => each.ClientId)))
            return new ReceiptFinding(ReceiptProblem.NotAscending, "");
        if (receipt.Included.FirstOrDefault(id => !context.Members.ContainsKey(id)) is { } stranger)
            return new ReceiptFinding(ReceiptProblem.UnknownMember, stranger);
        var included = receipt.Included.ToHashSet(StringComparer.Ordinal);
        if (receipt.Signatures.FirstOrDefault(each => !included.Contains(each.ClientId)) is { } outsider)
            return new ReceiptFinding(ReceiptProblem.SignerNotIncluded, outsider.ClientId);
        if (receipt.Signatures.Count < context.Parameters.ShareThreshold)
            return new ReceiptFinding(ReceiptProblem.TooFewSignatures, "");
        var roundKey = Statements.RoundKeyContext(context.ComputeHash(), receipt.RosterHash.Span);
        var statement = Statements.Survivors(roundKey, receipt.Included);
        var bad = receipt.Signatures.FirstOrDefault(each =>
            !context.IsSignedBy(each.ClientId, statement, each.Signature.Span));
        return bad is null ? null : new ReceiptFinding(ReceiptProblem.BadSignature, bad.ClientId);
    }
}
