namespace FedMeta.Client.Commands;

/// <summary>What an approved study costs at most.</summary>
internal sealed record StudyCost(double PatientEpsilon, double PolicyDelta, double Remains);
