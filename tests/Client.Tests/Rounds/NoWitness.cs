using FedMeta.Client.Agent;
using FedMeta.Client.Witness;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>For tests in which there is no coordinator's ledger.</summary>
internal sealed class NoWitness : IWitness
{
    public Task<RoundRejection?> ObjectionAsync(CancellationToken stop) => Task.FromResult<RoundRejection?>(null);

    public void Taken(string study, uint round, uint attempt)
    {
    }

    public void Look()
    {
    }

    public Task LookAsync(CancellationToken stop) => Task.CompletedTask;
}
