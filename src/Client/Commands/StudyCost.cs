namespace FedMeta.Client.Commands;

/// <summary>What an approved study costs at most, and among how many hospitals this one hides.</summary>
internal sealed record StudyCost(double PatientEpsilon, double PolicyDelta, double Remains, int AnonymitySet);
