namespace FedMeta.Client.Commands;

/// <summary>What an approved study costs at most, and among how many hospitals this one hides.</summary>
/// <param name="PatientEpsilon">For a patient of this hospital, run to its end.</param>
/// <param name="PolicyDelta">The delta of both epsilons.</param>
/// <param name="Remains">The largest epsilon that a further study alone could then cost.</param>
/// <param name="StopsAfter">The last round that the budget pays for where none is tried again.</param>
/// <param name="Crowd">Hospitals in the smallest sum of a round.</param>
internal sealed record StudyCost(
    double PatientEpsilon, double PolicyDelta, double Remains, uint StopsAfter, int Crowd);
