using System.Security.Cryptography;
using FedMeta.SecureAgg;

namespace FedMeta.Server.Preflight;

/// <summary>
/// What the arithmetic of a round costs on this machine, in seconds of one thread: measured with the product's own
/// states in two small rounds of five clients, one with hardly a vector and one with 2^18 entries, so that keys and
/// entries can be told apart. Takes well below a second.
/// </summary>
/// <param name="ClientPair">A client's work for one other client: agreement, shares, signatures.</param>
/// <param name="ClientEntry">A client's work for one entry under one mask, packing included.</param>
/// <param name="ServerClient">The server's work for one client beside its vector.</param>
/// <param name="ServerEntry">The server's work for one entry of one client: unpacking, adding, its own mask.</param>
/// <param name="Agreement">One X25519 agreement.</param>
internal sealed record MachineSpeed(
    double ClientPair, double ClientEntry, double ServerClient, double ServerEntry, double Agreement)
{
    private const int Clients = 5;
    private const int Long = 1 << 18;
    private const int Agreements = 100;

    /// <summary>Measures.</summary>
    /// <param name="ringBits">Width of the study's ring.</param>
    /// <param name="time">Its timestamps only.</param>
    public static MachineSpeed Measure(int ringBits, TimeProvider time)
    {
        using var round = new TrialRound(Clients, ringBits, time);
        round.Play(Long);
        var (clientLong, serverLong) = round.Play(Long);
        var (clientShort, serverShort) = round.Play(16);
        const double Entries = (double)Clients * Long;
        return new MachineSpeed(
            clientShort / Clients / (Clients - 1),
            Math.Max(0, clientLong - clientShort) / Entries / Clients,
            serverShort / Clients,
            Math.Max(0, serverLong - serverShort) / Entries,
            OneAgreement(time));
    }

    private static double OneAgreement(TimeProvider time)
    {
        var (secret, peer) = (RandomNumberGenerator.GetBytes(32), X25519.PublicKey(RandomNumberGenerator.GetBytes(32)));
        Span<byte> shared = stackalloc byte[X25519.KeyLength];
        var start = time.GetTimestamp();
        for (var i = 0; i < Agreements; i++)
            X25519.TryAgree(secret, peer, shared);
        return time.GetElapsedTime(start).TotalSeconds / Agreements;
    }
}
