using FedMeta.Learning;

namespace FedMeta.Simulation.Bench;

/// <summary>Measures a network as large as few-shot studies on small images use.</summary>
internal static class NetworkBench
{
    private const int Records = 25;

    /// <summary>784-256-128-64-5.</summary>
    public static ModelSpec Mlp { get; } = ModelSpec.FromStudy("mlp-relu", 784, 5, [256, 128, 64], "ce");

    /// <summary>Four times conv3x3 (64 filters), relu, maxpool 2, on images of 28x28, then a linear layer to 5
    /// classes.</summary>
    public static ModelSpec Conv4 { get; } = ModelSpec.FromStudy("conv-relu", 28 * 28, 5, [1, 64, 64, 64, 64], "ce");

    /// <param name="spec">The network; its targets are classes.</param>
    /// <param name="seconds">Of each measurement, above 0.</param>
    public static IReadOnlyList<EngineFigure> Run(ModelSpec spec, double seconds)
    {
        var model = ManagedEngine.Instance.Build<float>(spec);
        var generator = new SeededGenerator(1);
        float[] theta = [.. spec.Initial(1).Select(x => (float)x)];
        var v = SingleNormals.Draw(generator, theta.Length);
        var batch = new Batch<float>(
            SingleNormals.Draw(generator, Records * spec.Inputs),
            Enumerable.Range(0, Records).Select(i => (float)(i % spec.Outputs)).ToArray(), Records);
        var result = new float[theta.Length];
        var norms = new double[Records];
        model.ClippedGradientSum(theta, batch, 1e9, result, norms);
        var middle = Spread.Of(norms).Median; // so that half of the records are clipped
        var gradient = ProcessorTime.Of(seconds, () => model.Gradient(theta, batch, result));
        var product = ProcessorTime.Of(seconds, () => model.HessianVectorProduct(theta, batch, v, result));
        var clipped = ProcessorTime.Of(
            seconds, () => model.ClippedGradientSum(theta, batch, middle, result, norms));
        return
        [
            new("gradient_ms", "gradient, ms", 1000 * gradient),
            new("hvp_ms", "Hessian-vector product, ms", 1000 * product),
            new("clipped_ms", "sum of clipped gradients, ms", 1000 * clipped),
            new("clipped_over_gradient", "the same, in gradients", clipped / gradient),
        ];
    }
}
