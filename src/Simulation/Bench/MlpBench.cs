using FedMeta.Learning;

namespace FedMeta.Simulation.Bench;

/// <summary>Measures an MLP of the size that few-shot studies on small images use.</summary>
internal static class MlpBench
{
    private const int Records = 25;

    /// <param name="seconds">Of each measurement, above 0.</param>
    public static IReadOnlyList<EngineFigure> Run(double seconds)
    {
        var spec = ModelSpec.FromStudy("mlp-relu", 784, 5, [256, 128, 64], "ce");
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
