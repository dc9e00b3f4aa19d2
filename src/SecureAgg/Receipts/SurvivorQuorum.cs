namespace FedMeta.SecureAgg;

/// <summary>The test that makes a survivor list the only one: t valid signatures of different survivors. On the
/// complete graph two lists cannot both pass it, since 2t &gt; n + c makes any two quorums share an honest client, who
/// signs once.</summary>
internal static class SurvivorQuorum
{
    /// <param name="context">The round.</param>
    /// <param name="statement">What is signed.</param>
    /// <param name="signers">Whose signatures count, all of them members.</param>
    /// <param name="signatures">What was sent.</param>
    public static ClientRefusal? Check(
        RoundContext context,
        ReadOnlySpan<byte> statement,
        IReadOnlyList<string> signers,
        IReadOnlyList<SurvivorSignature> signatures)
    {
        if (signatures.Count < context.Parameters.ShareThreshold) return ClientRefusal.TooFewSignatures;
        if (signatures.Count > signers.Count) return ClientRefusal.SignerNotSurvivor;
        if (!ClientIds.AscendStrictly(signatures.Select(each => each.ClientId))) return ClientRefusal.ListNotAscending;
        var included = signers.ToHashSet(StringComparer.Ordinal);
        if (!signatures.All(each => included.Contains(each.ClientId))) return ClientRefusal.SignerNotSurvivor;
        foreach (var (signer, signature) in signatures)
        {
            if (signature.Length != IdentitySignature.Length) return ClientRefusal.MalformedMessage;
            if (!context.IsSignedBy(signer, statement, signature.Span))
            {
                return ClientRefusal.BadSurvivorSignature;
            }
        }

        return null;
    }
}
