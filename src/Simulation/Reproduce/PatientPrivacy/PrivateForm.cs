using FedMeta.Learning;
using FedMeta.Privacy;

namespace FedMeta.Simulation.Reproduce.PatientPrivacy;

/// <summary>A form of private training: what is protected, what is clipped, and the one server rate that all its cells
/// have, so that no cell is chosen by its result.</summary>
/// <param name="Name">The row.</param>
/// <param name="Unit">What epsilon protects.</param>
/// <param name="Algorithm">What a hospital computes.</param>
/// <param name="Shots">Support and query patients of a task.</param>
/// <param name="Clip">The norm that every vector is cut to.</param>
/// <param name="ServerRate">Rate of the server's plain step along the mean.</param>
/// <param name="Reference">Accuracy / AUROC measured before in PyTorch, without privacy and at 10, 3 and 1; it took the
/// best of several rates in each cell.</param>
internal sealed record PrivateForm(
    string Name, PrivacyUnit Unit, AlgorithmSettings Algorithm, int Shots, double Clip, double ServerRate,
    IReadOnlyDictionary<double, string> Reference)
{
    /// <summary>Stands for training without noise.</summary>
    public const double NoPrivacy = double.PositiveInfinity;

    /// <summary>The forms of the table.</summary>
    public static IReadOnlyList<PrivateForm> All { get; } =
    [
        new("patient, gradient of each patient", PrivacyUnit.Patient, new AlgorithmSettings("fedsgd", 0.1, 1), 0,
            1, 0.1, Figures(".814 / .804", ".814 / .804", ".812 / .803", ".812 / .804")),
        new("patient, disjoint MAML tasks of 8 + 8", PrivacyUnit.Patient, new AlgorithmSettings("maml", 0.3, 3), 8,
            0.25, 0.2, Figures(".807 / .801", ".806 / .800", ".807 / .793", ".789 / .777")),
        new("hospital, MAML", PrivacyUnit.Site, new AlgorithmSettings("maml", 0.3, 3), 15, 0.25, 0.1,
            Figures(".803 / .793", ".806 / .788", ".784 / .768", ".695 / .699")),
    ];

    private static Dictionary<double, string> Figures(string none, string ten, string three, string one) =>
        new() { [NoPrivacy] = none, [10] = ten, [3] = three, [1] = one };
}
