namespace FedMeta.Privacy;

/// <summary>One point of a privacy curve.</summary>
/// <param name="Delta">Delta.</param>
/// <param name="Epsilon">The claim: what the proof gives for the discrete noise that was drawn. Null where a delta this
/// large is refused for patients.</param>
/// <param name="Usual">
/// The figure that other tools print for the same noise, never enforced and for comparison only: exact Gaussian without
/// sampling, privacy loss distribution with it; null like <paramref name="Epsilon"/>, or where it was not computed.
/// </param>
public sealed record EpsilonAtDelta(double Delta, double? Epsilon, double? Usual);
