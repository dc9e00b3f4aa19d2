using System.Globalization;
using System.Security.Cryptography;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Bench;

/// <summary>Clients with real identity keys.</summary>
internal sealed class BenchMembers : IDisposable
{
    private readonly ECDsa[] _identities;

    /// <summary>Makes the keys.</summary>
    public BenchMembers(int clients)
    {
        _identities = new ECDsa[clients];
        Ids = [.. Enumerable.Range(0, clients).Select(Id)];
        for (var i = 0; i < clients; i++) _identities[i] = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PublicKeys = new RoundMembers(Enumerable.Range(0, clients)
            .Select(i => KeyValuePair.Create(Ids[i], _identities[i].ExportSubjectPublicKeyInfo())));
        Places = Enumerable.Range(0, clients).ToDictionary(i => Ids[i], i => i, StringComparer.Ordinal);
    }

    /// <summary>The ids, ascending.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>Each id's place among them, from 0.</summary>
    public IReadOnlyDictionary<string, int> Places { get; }

    /// <summary>Each id's public key, checked and imported once for all rounds.</summary>
    public RoundMembers PublicKeys { get; }

    /// <summary>A client's key, by its place.</summary>
    public ECDsa IdentityOf(int client) => _identities[client];

    public void Dispose()
    {
        foreach (var identity in _identities) identity.Dispose();
    }

    private static string Id(int client) => client.ToString("'client-'000000", CultureInfo.InvariantCulture);
}
