namespace FedMeta.Client.Homes;

/// <summary>
/// Where the hospital's files stand: the system's folders, or one folder of one's own (<c>--home</c>), so that ten
/// hospitals run on one laptop.
/// </summary>
/// <param name="ConfigurationFolder">Holds client.toml and policy.toml.</param>
/// <param name="StateFolder">Holds identity, journal, models and site states.</param>
internal sealed record ClientHome(string ConfigurationFolder, string StateFolder)
{
    /// <summary>/etc/fedmeta-client and /var/lib/fedmeta-client, or below %ProgramData% on Windows.</summary>
    public static ClientHome OfTheSystem()
    {
        if (!OperatingSystem.IsWindows()) return new("/etc/fedmeta-client", "/var/lib/fedmeta-client");
        var data = Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData);
        return new(Path.Combine(data, "fedmeta-client"), Path.Combine(data, "fedmeta-client"));
    }

    /// <summary>Everything below one folder.</summary>
    public static ClientHome At(string folder)
    {
        var full = Path.GetFullPath(folder);
        return new(full, full);
    }

    /// <summary>Server, pin, client id and data path.</summary>
    public string ConfigurationFile => Path.Combine(ConfigurationFolder, "client.toml");

    /// <summary>The hospital's law.</summary>
    public string PolicyFile => Path.Combine(ConfigurationFolder, "policy.toml");

    /// <summary>The identity key and its certificate, readable by the agent's user alone.</summary>
    public string IdentityFolder => Path.Combine(StateFolder, "identity");

    /// <summary>The identity key.</summary>
    public string KeyFile => Path.Combine(IdentityFolder, "identity.key");

    /// <summary>The certificate, DER, once the operator has approved.</summary>
    public string CertificateFile => Path.Combine(IdentityFolder, "client.crt");

    /// <summary>The consortium's certificate, DER.</summary>
    public string AuthorityFile => Path.Combine(IdentityFolder, "consortium.crt");

    /// <summary>The hospital's own journal.</summary>
    public string JournalFolder => Path.Combine(StateFolder, "journal");

    /// <summary>Evidence against a coordinator that broke its ledger.</summary>
    public string EvidenceFolder => Path.Combine(StateFolder, "evidence");

    /// <summary>Meta-models by their SHA-256.</summary>
    public string ModelsFolder => Path.Combine(StateFolder, "models");

    /// <summary>Vectors that studies of some algorithms have this hospital keep from round to round; derived from
    /// patients.</summary>
    public string SiteStatesFolder => Path.Combine(StateFolder, "site-states");

    /// <summary>Held by the one agent of this home.</summary>
    public string LockFile => Path.Combine(StateFolder, "agent.lock");

    /// <summary>Whether <c>join</c> has been here.</summary>
    public bool IsInitialised => File.Exists(ConfigurationFile);
}
