namespace FedMeta.Privacy;

/// <summary>Where the study stood after one attempt, for its unit, its delta and its assumed colluders.</summary>
/// <param name="Round">Number of the round.</param>
/// <param name="Attempt">Number of the try.</param>
/// <param name="Charged">Cost in the budget so far (worst case).</param>
/// <param name="Epsilon">Epsilon of that cost.</param>
/// <param name="RealisedEpsilon">Epsilon with the clients that really survived.</param>
public sealed record RoundEpsilon(long Round, int Attempt, Rho Charged, double Epsilon, double RealisedEpsilon);
