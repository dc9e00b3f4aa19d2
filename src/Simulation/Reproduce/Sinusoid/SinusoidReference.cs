namespace FedMeta.Simulation.Reproduce.Sinusoid;

/// <summary>
/// The reference: PyTorch 1.13 on the CPU, float32, 600 test tasks; mean squared errors after 0, 1, 5, 10 and ten
/// guarded steps, null where the mean was not finite. MAML has two seeds, the others one.
/// </summary>
internal static class SinusoidReference
{
    /// <summary>One run of the reference.</summary>
    internal sealed record Row(string Method, int Seed, int Shots, IReadOnlyList<double?> Means, double? Median);

    /// <summary>All runs.</summary>
    public static IReadOnlyList<Row> Rows { get; } =
    [
        new("MAML", 0, 10, [2.760, 0.332, 0.143, 0.108, 0.103], 0.049),
        new("MAML", 1, 10, [2.755, 0.335, 0.139, 0.103, 0.097], 0.046),
        new("FOMAML", 0, 10, [3.275, 0.393, 0.145, 0.112, 0.109], 0.044),
        new("Reptile", 0, 10, [2.777, 0.564, 0.151, 0.105, 0.106], 0.041),
        new("pretrained", 0, 10, [2.758, 2.133, 1.619, 1.436, 1.434], 0.775),
        new("MAML", 0, 5, [2.781, 0.530, 0.841, null, 0.300], 0.139),
        new("MAML", 1, 5, [2.775, 0.516, 0.330, 0.288, 0.277], 0.130),
        new("FOMAML", 0, 5, [3.286, 0.618, 0.370, 0.320, 0.319], 0.124),
        new("Reptile", 0, 5, [2.796, 0.952, 0.577, 0.407, 0.383], 0.176),
        new("pretrained", 0, 5, [2.776, 2.376, 2.033, 1.977, 1.977], 1.17),
    ];
}
