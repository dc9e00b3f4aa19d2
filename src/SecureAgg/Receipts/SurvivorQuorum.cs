namespace FedMeta.SecureAgg;

/// <summary>The test that makes a survivor list the only one: t valid signatures of different survivors. Two lists
/// cannot both pass it, since 2t &gt; n + c makes any two quorums share an honest client, who signs once.</summary>
internal static class SurvivorQuorum
{
    public static ClientRefusal? Check(
        RoundContext context,
        ReadOnlySpan<byte> roundKeyContext,
        IReadOnlyList<string> survivors,
        IReadOnlyList<SurvivorSignature> signatures)
    {
        if (signatures.Count < context.Parameters.Threshold) return ClientRefusal.TooFewSignatures;
        if (signatures.Count > survivors.Count) return ClientRefusal.SignerNotSurvivor;
        if (!ClientIds.AscendStrictly(signatures.Select(each => each.ClientId))) return ClientRefusal.ListNotAscending;
        var included = survivors.ToHashSet(StringComparer.Ordinal);
        if (!signatures.All(each => included.Contains(each.ClientId))) return ClientRefusal.SignerNotSurvivor;
        var statement = Statements.Survivors(roundKeyContext, survivors);
        foreach (var (signer, signature) in signatures)
        {
            if (signature.Length != IdentitySignature.Length) return ClientRefusal.MalformedMessage;
            if (!IdentitySignature.Verify(context.Members[signer], statement, signature.Span))
            {
                return ClientRefusal.BadSurvivorSignature;
            }
        }

        return null;
    }
}
