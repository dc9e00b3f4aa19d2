using System.Net;
using System.Text;
using FedMeta.Protocol;
using FedMeta.Server.Hosting;
using FedMeta.Server.Models;
using FedMeta.Server.State;
using FedMeta.Server.State.Facts;

namespace FedMeta.Server.Initialisation;

/// <summary>
/// Makes a coordinator: authority, server key, operator key, server.toml and the journal's first record. server.toml
/// comes
/// last, so a folder in which it was interrupted does not count as initialised, and running it again goes on with the
/// keys that are there; no key is written over.
/// </summary>
internal static class ServerInitialiser
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3650);

    /// <summary>Initialises <paramref name="home"/> for hospitals that reach it as
    /// <paramref name="address"/>.</summary>
    /// <exception cref="FedMetaException">It is initialised already; disk full; permission.</exception>
    public static void Run(ServerHome home, ServerAddress address, TimeProvider time)
    {
        // With a journal but without the authority's key it is a coordinator whose key is kept elsewhere.
        if (home.IsInitialised || (FolderStorage.Exists(home.Journal) && !home.HasAuthorityKey))
        {
            throw new FedMetaException(ExitCode.AlreadyInitialised, $"{home.StateFolder} is initialised already",
                "use it as it is, or name another folder with --home; a new authority would shut every hospital out");
        }

        PrivateFolder.Create(home.StateFolder);
        PrivateFolder.Create(home.ConfigurationFolder);
        using var authority = Authority(home, address, time);
        using var server = MakeKey(authority, home.ServerKey, home.ServerCertificate, CertificateRole.Server,
            address.Host, time);
        using var person = MakeKey(authority, home.OperatorKey, home.OperatorCertificate, CertificateRole.Operator,
            "operator", time);
        new ModelStore(home.Models).Create();
        using (var journal = FactJournal.Open(home.Journal, time))
        {
            journal.TryRecord(FactJournal.OperatorActor, state => state.Server is not null
                ? null
                : new ServerInitialised(address.Host, address.Port, KeyPin.Of(authority.Certificate).ToString(),
                    server.Pin.ToString(), person.Pin.ToString(), ProductVersion.Text));
        }

        DurableFile.Write(home.Configuration, Encoding.UTF8.GetBytes(ConfigurationFile.Compose(ServerSettings.All,
            new Dictionary<SettingKey, string>
            {
                [ServerSettings.Address] = ServerSettings.Address.Write(address.ToString()),
                [ServerSettings.Listen] = ServerSettings.Listen.Write(ListenFor(address.Host)),
            })));
    }

    // A coordinator for this machine alone must not be open to the network by oversight.
    private static string ListenFor(string host) => host switch
    {
        "localhost" => IPAddress.Loopback.ToString(),
        _ when IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip) => ip.ToString(),
        _ => ServerSettings.Listen.Default,
    };

    private static ConsortiumAuthority Authority(ServerHome home, ServerAddress address, TimeProvider time)
    {
        if (home.HasAuthorityKey)
            return ConsortiumAuthority.Load(home.Consortium);
        var authority = ConsortiumAuthority.Create($"FedMeta {Shortened(address.Host)}", time);
        authority.Save(home.Consortium);
        return authority;
    }

    private static Identity MakeKey(ConsortiumAuthority authority, string keyFile, string certificateFile,
        CertificateRole role,
        string name, TimeProvider time)
    {
        PrivateFolder.Create(Path.GetDirectoryName(keyFile)!);
        var identity = File.Exists(keyFile) ? Identity.Load(keyFile) : Identity.Create();
        if (!File.Exists(keyFile))
            identity.Save(keyFile);
        using var certificate = authority.Issue(identity.PublicKey, role, Shortened(name), time, Lifetime);
        CertificateFiles.Save(certificateFile, certificate);
        return identity;
    }

    // The common name of a certificate has at most 64 characters; nobody decides by it.
    private static string Shortened(string name) => name.Length <= 50 ? name : name[..50];
}
