using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.Training;

/// <summary>How a federation is trained in this process.</summary>
/// <param name="Algorithm">What a hospital computes.</param>
/// <param name="Server">The server's step.</param>
/// <param name="Rounds">Rounds; every hospital takes part in each.</param>
/// <param name="Shots">Patients of the support and as many of the query, drawn anew in each round; a hospital with
/// fewer than twice as many halves what it has. 0: all patients are one task without a split, each round.</param>
/// <param name="ByPatients">A hospital's update counts by its training patients; else all count the same.</param>
internal sealed record FederatedPlan(
    AlgorithmSettings Algorithm, ServerOptimizerSettings Server, int Rounds, int Shots, bool ByPatients = false)
{
    /// <summary>The settings in one line.</summary>
    public string Describe() => FormattableString.Invariant(
        $"{Rounds} rounds, {Algorithm.InnerSteps} steps at {Algorithm.InnerRate}, {Tasks}, {Server.Name} {Server.Rate}")
        + (Algorithm.Name == "per-fedavg" ? FormattableString.Invariant($", local rate {Algorithm.LocalRate}") : "")
        + (ByPatients ? ", by patients" : ", all hospitals alike");

    private string Tasks => Shots == 0 ? "all patients" : FormattableString.Invariant($"{Shots} + {Shots} patients");
}
