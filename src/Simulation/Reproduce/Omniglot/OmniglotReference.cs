namespace FedMeta.Simulation.Reproduce.Omniglot;

/// <summary>
/// The reference: PyTorch 1.13 on the CPU, one seed, 400 test tasks (200 in most rows); accuracy in per cent after 0,
/// 1, 3, 5, 10 steps and CPU seconds per 1,000 iterations under load. Prototypical networks take no steps.
/// </summary>
internal static class OmniglotReference
{
    /// <summary>One row of the reference.</summary>
    internal sealed record Row(string Key, int Iterations, IReadOnlyList<double?> Accuracy, double? CpuSeconds);

    /// <summary>All rows.</summary>
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("conv-1-scratch", 0, [19.6, 29.3, 42.8, 30.2, 51.2], null),
        new("conv-1-maml", 700, [19.2, 55.6, 74.1, 76.9, 78.1], 219),
        new("conv-1-maml", 1200, [19.9, 59.7, 77.3, 79.2, 79.8], 198),
        new("conv-1-anil", 700, [20.1, 51.8, 71.5, 76.2, 77.5], 89),
        new("conv-1-fomaml", 700, [20.0, 22.5, 28.4, 31.9, 36.9], 86),
        new("conv-1-protonet", 1500, [83.8, null, null, null, null], 82),
        new("mlp-1-scratch", 0, [20.2, 22.1, 24.7, 26.3, 31.2], null),
        new("mlp-1-maml", 700, [20.3, 40.3, 60.4, 61.1, 61.5], 77),
        new("conv-5-scratch", 0, [19.6, 29.8, 54.2, 48.7, 60.9], null),
        new("conv-5-maml", 500, [19.8, 69.1, 83.4, 75.0, 85.7], 511),
        new("conv-5-protonet", 500, [92.8, null, null, null, null], 119),
        new("mlp-5-scratch", 0, [19.7, 21.7, 26.0, 28.4, 33.1], null),
        new("mlp-5-maml", 500, [20.1, 58.8, 67.5, 70.7, 73.9], 71),
    ];
}
