using FedMeta.Client.Agent;
using FedMeta.Client.Policy;

namespace FedMeta.Client.Studies;

/// <summary>What this hospital has approved, as its own journal and policy say at this moment.</summary>
internal interface IApprovedStudies
{
    /// <summary>The policy as it stands in the file now.</summary>
    HospitalPolicy Policy { get; }

    /// <summary>Finds an approved study by the hash of its document; answers why there is none.</summary>
    RoundRejection? Find(string hash, out ApprovedStudy? approved);
}
