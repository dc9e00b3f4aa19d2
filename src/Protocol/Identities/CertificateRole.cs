namespace FedMeta.Protocol;

/// <summary>What a certificate of the consortium lets its holder be.</summary>
public enum CertificateRole
{
    /// <summary>A hospital's agent.</summary>
    Client,

    /// <summary>The person who runs the coordinator, through the operator commands.</summary>
    Operator,

    /// <summary>The coordinator.</summary>
    Server,
}
