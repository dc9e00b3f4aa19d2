namespace FedMeta.Simulation.Reproduce.Training;

/// <summary>What a federation learned.</summary>
/// <param name="Theta">The shared parameters.</param>
/// <param name="Rates">The inner rate of every parameter.</param>
/// <param name="Norms">The norm of every hospital's update in every round, what a clip norm is chosen by.</param>
internal sealed record FederatedModel(double[] Theta, double[] Rates, IReadOnlyList<double> Norms);
