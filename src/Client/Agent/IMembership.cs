using FedMeta.Protocol;

namespace FedMeta.Client.Agent;

/// <summary>Whether this hospital is still a member, and its certificate.</summary>
internal interface IMembership
{
    /// <summary>Asks the server without a certificate.</summary>
    /// <exception cref="FedMetaException">Revoked (23), not approved yet (22), or the wrong key (21). An unreachable
    /// server is no fault here.</exception>
    Task CheckAsync(CancellationToken stop);

    /// <summary>Fetches a fresh certificate where the present one has passed half of its life.</summary>
    Task RenewAsync(CancellationToken stop);
}
