namespace FedMeta.SecureAgg;

/// <summary>The hashes that are signed, committed to or used as salt: 32 bytes each, every purpose under its own
/// label.</summary>
internal static class Statements
{
    /// <summary>What a member signs in phase 0; ctx0 ties it to plan, model and round.</summary>
    public static byte[] Advertisement(ReadOnlySpan<byte> contextHash, string clientId, AdvertiseKeysMessage keys)
    {
        using var hash = new CanonicalHash("advertise");
        hash.Add(contextHash).Add(clientId).Add(keys.SharePublicKey.Span).Add(keys.MaskPublicKey.Span);
        return hash.Add(keys.SeedCommitment.Span).Add(keys.Nonce.Span).Finish();
    }

    /// <summary>H(b_u, ctx0). The seed has 256 random bits, so the hash hides it; the id keeps one client from
    /// repeating another's commitment.</summary>
    public static byte[] SeedCommitment(ReadOnlySpan<byte> contextHash, string clientId, ReadOnlySpan<byte> seed)
    {
        using var hash = new CanonicalHash("seed");
        return hash.Add(contextHash).Add(clientId).Add(seed).Finish();
    }

    /// <summary>The hash of a roster, signatures included.</summary>
    public static byte[] RosterHash(IReadOnlyList<RosterEntry> entries)
    {
        using var hash = new CanonicalHash("roster");
        hash.Add(entries.Count);
        foreach (var (id, keys) in entries)
        {
            hash.Add(id).Add(keys.SharePublicKey.Span).Add(keys.MaskPublicKey.Span);
            hash.Add(keys.SeedCommitment.Span).Add(keys.Nonce.Span).Add(keys.Signature.Span);
        }

        return hash.Finish();
    }

    /// <summary>ctx = H(ctx0, roster): the salt of every pairwise key.</summary>
    public static byte[] RoundKeyContext(ReadOnlySpan<byte> contextHash, ReadOnlySpan<byte> rosterHash)
    {
        using var hash = new CanonicalHash("context");
        return hash.Add(contextHash).Add(rosterHash).Finish();
    }

    /// <summary>What a survivor signs in phase 3: (ctx, U3).</summary>
    public static byte[] Survivors(ReadOnlySpan<byte> roundKeyContext, IReadOnlyList<string> survivors)
    {
        using var hash = new CanonicalHash("survivors");
        hash.Add(roundKeyContext).Add(survivors.Count);
        foreach (var id in survivors) hash.Add(id);
        return hash.Finish();
    }
}
