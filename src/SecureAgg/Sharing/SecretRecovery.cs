namespace FedMeta.SecureAgg;

/// <summary>Rebuilds a secret from at least t shares of which some may be wrong. The first t are tried; if the proof
/// fails, error correction finds the right polynomial among up to (m - t)/2 wrong shares; beyond that, for small
/// rosters, every set of t is tried, which the proof turns into a certain answer.</summary>
internal static class SecretRecovery
{
    /// <summary>Most sets of t that are tried: all of them for t = 11 of 16, where one costs less than 0.1
    /// ms.</summary>
    public const int MaxSets = 5000;

    /// <summary>The secret, or null where no set of t shares gives one that passes <paramref name="proof"/>.</summary>
    public static RecoveredSecret? Run(IReadOnlyList<PlacedShare> shares, int threshold, SecretProof proof)
    {
        if (shares.Count < threshold) return null;
        var places = shares.Select(share => share.Place).ToArray();
        var values = Parse(shares);
        var first = Enumerable.Range(0, threshold).ToArray();
        var quick = Interpolate(places, values, first, proof);
        if (quick is { WrongPlaces.Count: 0 }) return quick;

        // Two liars among the first t can keep the secret right and make honest shares look wrong: correction comes
        // before a first answer with which shares disagree.
        return Correct(places, values, threshold, proof) ?? quick ?? Search(places, values, first, proof);
    }

    /// <summary>The secret where all shares lie on the same polynomials and it passes the proof, as with honest holders
    /// it does; otherwise null.</summary>
    public static byte[]? RunUnanimous(IReadOnlyList<PlacedShare> shares, int threshold, SecretProof proof)
    {
        if (shares.Count < threshold) return null;
        var places = shares.Select(share => share.Place).ToArray();
        var found = Interpolate(places, Parse(shares), [.. Enumerable.Range(0, threshold)], proof);
        return found is { WrongPlaces.Count: 0 } ? found.Secret : null;
    }

    private static ulong[][] Parse(IReadOnlyList<PlacedShare> shares)
    {
        var values = new ulong[ShamirSharing.Limbs][];
        for (var limb = 0; limb < values.Length; limb++) values[limb] = new ulong[shares.Count];
        var elements = new ulong[ShamirSharing.Limbs];
        for (var i = 0; i < shares.Count; i++)
        {
            if (!ShamirSharing.TryParse(shares[i].Value.Span, elements))
            {
                throw new ArgumentException("a share is malformed", nameof(shares));
            }

            for (var limb = 0; limb < values.Length; limb++) values[limb][i] = elements[limb];
        }

        return values;
    }

    private static RecoveredSecret? Interpolate(int[] places, ulong[][] values, int[] chosen, SecretProof proof)
    {
        var chosenPlaces = Array.ConvertAll(chosen, i => places[i]);
        var polynomials = Array.ConvertAll(
            values, limb => new NewtonPolynomial(chosenPlaces, Array.ConvertAll(chosen, i => limb[i])));
        var secret = new byte[ShamirSharing.SecretLength];
        var limbs = Array.ConvertAll(polynomials, polynomial => polynomial.At(0));
        if (!ShamirSharing.TryJoin(limbs, secret) || !proof(secret)) return null;
        var wrong = Enumerable.Range(0, places.Length)
            .Where(i => values.Where((limb, at) => polynomials[at].At(places[i]) != limb[i]).Any())
            .Select(i => places[i]);
        return new RecoveredSecret(secret, wrong.ToHashSet());
    }

    private static RecoveredSecret? Correct(int[] places, ulong[][] values, int threshold, SecretProof proof)
    {
        if (places.Length - threshold < 2) return null;
        var limbs = new ulong[ShamirSharing.Limbs];
        var wrong = new HashSet<int>();
        for (var limb = 0; limb < limbs.Length; limb++)
        {
            if (ReedSolomonDecoder.Decode(places, values[limb], threshold) is not { } decoded) return null;
            limbs[limb] = decoded.AtZero;
            wrong.UnionWith(places.Where((_, i) => decoded.AtPlaces[i] != values[limb][i]));
        }

        var secret = new byte[ShamirSharing.SecretLength];
        return ShamirSharing.TryJoin(limbs, secret) && proof(secret) ? new RecoveredSecret(secret, wrong) : null;
    }

    private static RecoveredSecret? Search(int[] places, ulong[][] values, int[] first, SecretProof proof)
    {
        if (!HasFewSets(places.Length, first.Length)) return null;
        for (var chosen = first; NextSet(chosen, places.Length);)
        {
            if (Interpolate(places, values, chosen, proof) is { } found) return found;
        }

        return null;
    }

    private static bool HasFewSets(int count, int size)
    {
        var sets = 1.0;
        for (var i = 1; i <= count - size; i++) sets = sets * (size + i) / i;
        return sets <= MaxSets;
    }

    // The next set in lexicographic order, in place; false behind the last one.
    private static bool NextSet(int[] chosen, int count)
    {
        for (var i = chosen.Length - 1; i >= 0; i--)
        {
            if (chosen[i] == count - chosen.Length + i) continue;
            chosen[i]++;
            for (var j = i + 1; j < chosen.Length; j++) chosen[j] = chosen[j - 1] + 1;
            return true;
        }

        return false;
    }
}
