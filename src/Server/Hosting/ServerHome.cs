using FedMeta.Protocol;

namespace FedMeta.Server.Hosting;

/// <summary>Where the coordinator's files lie. Any folder can be a home; the system-wide one is split over /etc and
/// /var/lib.</summary>
internal sealed record ServerHome(string ConfigurationFolder, string StateFolder)
{
    /// <summary>The system's home where none is named.</summary>
    public static ServerHome System { get; } = new("/etc/fedmeta", "/var/lib/fedmeta");

    /// <summary>A home in one folder.</summary>
    public static ServerHome In(string folder) => new(Path.GetFullPath(folder), Path.GetFullPath(folder));

    /// <summary>server.toml.</summary>
    public string Configuration => Path.Combine(ConfigurationFolder, "server.toml");

    /// <summary>The authority's key and certificate; the key may be kept elsewhere between approvals.</summary>
    public string Consortium => Path.Combine(StateFolder, "consortium");

    /// <summary>The coordinator's own TLS key (0600) and certificate.</summary>
    public string ServerKey => Path.Combine(StateFolder, "keys", "server.key");

    /// <summary>Certificate of <see cref="ServerKey"/>.</summary>
    public string ServerCertificate => Path.Combine(StateFolder, "keys", "server.crt");

    /// <summary>The operator's key (0600).</summary>
    public string OperatorKey => Path.Combine(StateFolder, "operator", "operator.key");

    /// <summary>Certificate of <see cref="OperatorKey"/>.</summary>
    public string OperatorCertificate => Path.Combine(StateFolder, "operator", "operator.crt");

    /// <summary>The journal's folder.</summary>
    public string Journal => Path.Combine(StateFolder, "journal");

    /// <summary>Meta-models by hash.</summary>
    public string Models => Path.Combine(StateFolder, "models");

    /// <summary>Secrets of invites that are out.</summary>
    public string Invites => Path.Combine(StateFolder, "invites");

    /// <summary>Held while the coordinator runs.</summary>
    public string Lock => Path.Combine(StateFolder, "serve.lock");

    /// <summary>The authority's certificate.</summary>
    public string AuthorityCertificate => Path.Combine(Consortium, "authority.crt");

    /// <summary>Whether the authority's key is there at the moment.</summary>
    public bool HasAuthorityKey => File.Exists(Path.Combine(Consortium, "authority.key"));

    /// <summary>Whether `server init` was run here.</summary>
    public bool IsInitialised => File.Exists(Configuration) && File.Exists(ServerKey);

    /// <summary>The pin of the coordinator's key, as invites carry it.</summary>
    public KeyPin ServerPin()
    {
        using var certificate = CertificateFiles.Load(ServerCertificate);
        return KeyPin.Of(certificate);
    }

    /// <summary>Refuses to go on in a folder that was never initialised.</summary>
    /// <exception cref="FedMetaException">It was not.</exception>
    public void RequireInitialised()
    {
        if (IsInitialised)
            return;
        throw new FedMetaException(ExitCode.NotInitialised, $"there is no initialised coordinator in {StateFolder}",
            "run: fedmeta server init --host NAME[:PORT], with the same --home, or name the right folder with --home");
    }
}
