using FedMeta.Learning;

namespace FedMeta.Simulation.Bench;

/// <summary>Measures the matrix kernel on square matrices that begin at a line of the cache, as PyTorch's do.</summary>
internal static class GemmBench
{
    private static readonly int[] Sizes = [256, 512, 1024];

    /// <param name="seconds">Of each measurement, above 0.</param>
    public static IReadOnlyList<EngineFigure> Run(double seconds) => [.. Sizes.Select(n =>
    {
        var generator = new SeededGenerator(1);
        var (a, b, c) = (Draw(generator, n * n), Draw(generator, n * n), new AlignedArray<float>(n * n));
        var taken = ProcessorTime.Of(
            seconds, () => MatrixProduct.Multiply<float>(
                n, n, n, a.Slice(0, n * n), n, 1, b.Slice(0, n * n), n, 1, c.Slice(0, n * n), fromZero: true));
        return new EngineFigure($"gflops_{n}", $"GFLOP a second, {n} x {n} x {n}", 2e-9 * n * n * n / taken);
    })];

    private static AlignedArray<float> Draw(SeededGenerator generator, int count)
    {
        var numbers = new AlignedArray<float>(count);
        SingleNormals.Draw(generator, count).CopyTo(numbers.Slice(0, count));
        return numbers;
    }
}
