namespace FedMeta.Learning.Torch.Tests;

/// <summary>Models of every kind with random parameters and records.</summary>
internal static class RandomModels
{
    /// <summary>As a study would name them: kind, inputs, outputs, layers, loss.</summary>
    public static IReadOnlyList<ModelSpec> Specs { get; } =
    [
        ModelSpec.FromStudy("linear", 5, 2, []), ModelSpec.FromStudy("logistic", 5, 1, []),
        ModelSpec.FromStudy("softmax", 5, 3, []), ModelSpec.FromStudy("cox", 5, 1, [7]),
        ModelSpec.FromStudy("mlp-tanh", 5, 1, [8, 6]), ModelSpec.FromStudy("mlp-tanh", 5, 2, [8], "mse"),
        ModelSpec.FromStudy("mlp-relu", 5, 3, [9, 4]), ModelSpec.FromStudy("conv-relu", 64, 3, [1, 4, 6]),
        ModelSpec.FromStudy("conv-norm-relu", 72, 3, [2, 10, 6]),
        ModelSpec.FromStudy("mlp-tanh", 5, 3, [6, 4], "prototypes"),
    ];

    /// <summary>Whether a decision of a rectifier or of pooling can turn a small difference into a large one.</summary>
    public static bool HasKinks(ModelSpec spec) => spec.Kind is "mlp-relu" or "conv-relu" or "conv-norm-relu";

    /// <summary>Parameters, records and a direction.</summary>
    public static (double[] Theta, Batch<double> Batch, double[] V) Draw(ModelSpec spec, ulong seed, int count = 9)
    {
        var generator = new SeededGenerator(seed);
        double[] Normals(int length) => [.. Enumerable.Range(0, length).Select(_ => generator.NextNormal())];
        var theta = Normals(spec.ParameterCount).Select(x => x / 2).ToArray();
        double[] targets = spec.Loss switch
        {
            LossKind.SquaredError => Normals(count * spec.Outputs),
            LossKind.BinaryCrossEntropy =>
                [.. Enumerable.Range(0, count * spec.Outputs).Select(_ => (double)generator.NextBelow(2))],
            LossKind.SoftmaxCrossEntropy =>
                [.. Enumerable.Range(0, count).Select(_ => (double)generator.NextBelow(spec.Outputs))],
            LossKind.Prototypes => [.. Enumerable.Range(0, count).SelectMany(i => new[] { i % 3.0, i < 6 ? 0 : 1 })],
            _ => [.. Enumerable.Range(0, count).SelectMany(i =>
                new[] { 1.0 + generator.NextBelow(4), i == 0 ? 1 : generator.NextBelow(2) })],
        };
        return (theta, new Batch<double>(Normals(count * spec.Inputs), targets, count), Normals(theta.Length));
    }
}
