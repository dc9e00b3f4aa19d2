using FedMeta.Client.Agent;

namespace FedMeta.Client.Witness;

/// <summary>What a round needs of the witness to the coordinator's ledger.</summary>
internal interface IWitness
{
    /// <summary>Why no round may begin; null where one may. Waits for a check only where the hospital has gone on
    /// without one for as long as it does.</summary>
    Task<RoundRejection?> ObjectionAsync(CancellationToken stop);

    /// <summary>The coordinator said that it took a masked input: from here on it must stand in its journal.</summary>
    void Taken(string study, uint round, uint attempt);

    /// <summary>A round ended: the journal is checked while other things go on.</summary>
    void Look();

    /// <summary>A study ended: the journal is checked now.</summary>
    Task LookAsync(CancellationToken stop);
}
