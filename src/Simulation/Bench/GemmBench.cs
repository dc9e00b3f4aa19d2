using FedMeta.Learning;

namespace FedMeta.Simulation.Bench;

/// <summary>Measures the matrix kernel on square matrices.</summary>
internal static class GemmBench
{
    private static readonly int[] Sizes = [256, 512, 1024];

    /// <param name="seconds">Of each measurement, above 0.</param>
    public static IReadOnlyList<EngineFigure> Run(double seconds) => [.. Sizes.Select(n =>
    {
        var generator = new SeededGenerator(1);
        var a = SingleNormals.Draw(generator, n * n);
        var b = SingleNormals.Draw(generator, n * n);
        var c = new float[n * n];
        var taken = ProcessorTime.Of(
            seconds, () => MatrixProduct.Multiply<float>(n, n, n, a, n, 1, b, n, 1, c, fromZero: true));
        return new EngineFigure($"gflops_{n}", $"GFLOP a second, {n} x {n} x {n}", 2e-9 * n * n * n / taken);
    })];
}
