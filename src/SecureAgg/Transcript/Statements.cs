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

    /// <summary>The hash of one entry of a roster, signature included.</summary>
    public static byte[] Entry(RosterEntry entry)
    {
        var (id, keys) = entry;
        using var hash = new CanonicalHash("entry");
        hash.Add(id).Add(keys.SharePublicKey.Span).Add(keys.MaskPublicKey.Span);
        return hash.Add(keys.SeedCommitment.Span).Add(keys.Nonce.Span).Add(keys.Signature.Span).Finish();
    }

    /// <summary>The hash of a roster: its size and the Merkle root of its entries. The size is said because the root
    /// alone does not tell how many leaves are under it.</summary>
    public static byte[] RosterHash(int count, ReadOnlySpan<byte> root)
    {
        using var hash = new CanonicalHash("roster");
        return hash.Add(count).Add(root).Finish();
    }

    /// <summary>The seed of the sparse graph. It commits to every nonce of the roster, so a server that wants other
    /// neighbours has to look for another roster.</summary>
    public static byte[] GraphSeed(ReadOnlySpan<byte> rosterHash, ReadOnlySpan<byte> contextHash)
    {
        using var hash = new CanonicalHash("graph");
        return hash.Add(rosterHash).Add(contextHash).Finish();
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
