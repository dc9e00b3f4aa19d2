namespace FedMeta.Server.State;

/// <summary>One hospital, as the journal tells it. <c>Key</c> is its SubjectPublicKeyInfo (Base64), empty before it
/// asked.</summary>
internal sealed record ClientEntry(string Id, string Name, ClientStanding Standing, Origin Since)
{
    /// <summary>SHA-256 (hex) of the invite's one-time secret.</summary>
    public string SecretHash { get; init; } = "";

    /// <summary>When the invite ends, Unix seconds.</summary>
    public long InviteExpiresAt { get; init; }

    /// <summary>Failed tries to use the present invite.</summary>
    public int FailedTries { get; init; }

    /// <summary>The invite can be used no more.</summary>
    public bool InviteBurnt { get; init; }

    /// <summary>PKCS#10 in Base64.</summary>
    public string Request { get; init; } = "";

    /// <summary>SubjectPublicKeyInfo of the identity key in Base64.</summary>
    public string Key { get; init; } = "";

    /// <summary>DER in Base64, empty before approval.</summary>
    public string Certificate { get; init; } = "";

    /// <summary>When the certificate ends, Unix seconds.</summary>
    public long CertificateExpiresAt { get; init; }

    /// <summary>Of the client program, as it said when it enrolled.</summary>
    public string Version { get; init; } = "";
}
