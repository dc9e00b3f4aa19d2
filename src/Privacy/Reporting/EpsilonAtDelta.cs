namespace FedMeta.Privacy;

/// <summary>One point of a privacy curve.</summary>
/// <param name="Delta">Delta.</param>
/// <param name="Epsilon">What zero-concentrated privacy proves: the claim.</param>
/// <param name="GaussianEpsilon">The exact value for continuous Gaussian noise of the same mu, for comparison; never
/// larger.</param>
public sealed record EpsilonAtDelta(double Delta, double Epsilon, double GaussianEpsilon);
