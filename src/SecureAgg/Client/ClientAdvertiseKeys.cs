using System.Security.Cryptography;

namespace FedMeta.SecureAgg;

/// <summary>Phase 0 of a client: checks what it is about to take part in, makes its one-round keys and
/// advertises them.</summary>
/// <remarks>Nothing of a round outlives the process: keys, seed and shares are in memory alone. A client that restarts
/// in the middle of a round is out of that round; it must never make keys for the same round and attempt again, because
/// two uploads under one set of masks differ by the difference of the inputs. The caller therefore writes the
/// <see cref="RoundId"/> durably before it sends the first message, and gives the greatest one that it ever wrote for
/// the study as <c>lastUsed</c>.</remarks>
public static class ClientAdvertiseKeys
{
    /// <summary>Starts a round; the outgoing message is an <see cref="AdvertiseKeysMessage"/>.</summary>
    /// <param name="context">The round as this client itself knows it: its approved plan, the model it
    /// received.</param>
    /// <param name="self">This client's id.</param>
    /// <param name="identity">Its P-256 identity key; used in phases 0 and 3, never disposed.</param>
    /// <param name="input">The finished input, one vector of the right shape for each of the parameters' vectors, its
    /// entries below 2^b; read in phase 2 and not changed, so it must stay as it is until then.</param>
    /// <param name="random">A cryptographic source; not disposed.</param>
    /// <param name="lastUsed">The greatest round and attempt of this study for which this client ever made keys, from
    /// durable storage; null for none.</param>
    /// <param name="now">The client's own time.</param>
    /// <param name="threads">How many threads may agree on keys and mask; 0 for one for each processor. What is sent
    /// does not depend on it.</param>
    public static ClientTransition Start(
        RoundContext context,
        string self,
        ECDsa identity,
        IReadOnlyList<RingVector> input,
        RandomNumberGenerator random,
        RoundId? lastUsed,
        DateTimeOffset now,
        int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        if (Check(context, self, identity, input, lastUsed, now) is { } refusal)
        {
            return new ClientTransition(new ClientAborted(refusal), null, refusal);
        }

        var contextHash = context.ComputeHash();
        var keys = new OneRoundKeys(random);
        var unsigned = keys.Advertise(contextHash, self, random);
        var statement = Statements.Advertisement(contextHash, self, unsigned);
        var advertised = unsigned with { Signature = IdentitySignature.Sign(identity, statement) };
        var participant = new Participant(
            context, contextHash, self, identity, advertised, threads == 0 ? Environment.ProcessorCount : threads);
        return new ClientTransition(new ClientShareKeys(participant, keys, input, random), advertised, null);
    }

    private static ClientRefusal? Check(
        RoundContext context,
        string self,
        ECDsa identity,
        IReadOnlyList<RingVector> input,
        RoundId? lastUsed,
        DateTimeOffset now)
    {
        var parameters = context.Parameters;
        if (parameters.Graph is null && !parameters.HasQuorum(parameters.MaxClients))
        {
            return ClientRefusal.ThresholdTooLow;
        }

        if (context.Validate().Count > 0) return ClientRefusal.InvalidContext;
        if (!context.Members.TryGetValue(self, out var key)) return ClientRefusal.NotAMember;
        if (!key.AsSpan().SequenceEqual(identity.ExportSubjectPublicKeyInfo())) return ClientRefusal.NotAMember;
        if (lastUsed is { } used && context.Id.CompareTo(used) <= 0) return ClientRefusal.RoundAlreadyUsed;
        if (now > context.Expiry) return ClientRefusal.RoundExpired;
        var shapes = parameters.Vectors.Select(shape => (shape.Length, shape.RingBits));
        if (!input.Select(vector => (vector.Length, vector.RingBits)).SequenceEqual(shapes))
        {
            return ClientRefusal.InputWrongLength;
        }

        return input.All(vector => vector.IsInRange()) ? null : ClientRefusal.InputOutOfRange;
    }
}
