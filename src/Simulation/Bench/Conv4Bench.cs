using FedMeta.Learning;

namespace FedMeta.Simulation.Bench;

/// <summary>Measures the convolutional net of the few-shot literature: four times conv3x3 (64 filters), relu, maxpool
/// 2, on images of 28x28, then a linear layer to 5 classes.</summary>
internal static class Conv4Bench
{
    private const int Images = 25;

    /// <param name="seconds">Of each measurement, above 0.</param>
    public static IReadOnlyList<EngineFigure> Run(double seconds)
    {
        var spec = ModelSpec.FromStudy("conv-relu", 28 * 28, 5, [1, 64, 64, 64, 64], "ce");
        var model = ManagedEngine.Instance.Build<float>(spec);
        var generator = new SeededGenerator(1);
        float[] theta = [.. spec.Initial(1).Select(x => (float)x)];
        var v = SingleNormals.Draw(generator, theta.Length);
        var batch = new Batch<float>(
            SingleNormals.Draw(generator, Images * spec.Inputs),
            Enumerable.Range(0, Images).Select(i => (float)(i % spec.Outputs)).ToArray(), Images);
        var result = new float[theta.Length];
        var norms = new double[Images];
        model.ClippedGradientSum(theta, batch, 1e9, result, norms);
        var middle = Spread.Of(norms).Median; // so that half of the images are clipped
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
