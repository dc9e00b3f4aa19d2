using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.Sinusoid;

/// <summary>One row of the table: how theta is trained, and with which rates it may be adapted.</summary>
/// <param name="Name">In the table.</param>
/// <param name="Algorithm">The library's algorithm.</param>
/// <param name="Iterations">Meta-iterations of the whole run.</param>
/// <param name="AdaptationRates">Rates among which validation tasks choose; one where there is nothing to
/// choose.</param>
internal sealed record SinusoidMethod(
    string Name, AlgorithmSettings Algorithm, int Iterations, IReadOnlyList<double> AdaptationRates)
{
    /// <summary>The rate of MAML's inner loop.</summary>
    public const double InnerRate = 0.01;

    /// <summary>Meta-iterations of the reference.</summary>
    public const int FullIterations = 70_000;

    private const int FullReptileIterations = 30_000;

    /// <summary>MAML, FOMAML, Reptile and joint training on all tasks' points.</summary>
    /// <param name="iterations">At most so many for each.</param>
    public static IReadOnlyList<SinusoidMethod> All(int iterations) =>
    [
        new("MAML", new("maml", InnerRate, 1), iterations, [InnerRate]),
        new("FOMAML", new("fomaml", InnerRate, 1), iterations, [InnerRate]),
        new("Reptile", new("reptile", InnerRate, 5), Math.Min(iterations, FullReptileIterations), [InnerRate]),
        new("pretrained", new("fedsgd", InnerRate, 1), iterations, [0.001, 0.003, 0.01, 0.03, 0.1]),
    ];
}
