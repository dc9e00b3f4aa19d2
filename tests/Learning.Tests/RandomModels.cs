namespace FedMeta.Learning.Tests;

/// <summary>Models of every kind with random parameters and records, the same for the same seed.</summary>
internal static class RandomModels
{
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "linear", "logistic", "softmax", "mlp-tanh mse", "mlp-tanh bce", "mlp-tanh ce", "mlp-relu mse",
        "mlp-relu bce", "mlp-relu ce", "cox", "conv-relu ce", "conv-norm-relu ce",
    ];

    public static (IModel<double> Model, double[] Theta, Batch<double> Batch, SeededGenerator Generator) Of(
        string kind, ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var parts = kind.Split(' ');
        var loss = parts.Length > 1 ? parts[1] : null;
        var outputs = parts[0] is "softmax" || loss == "ce" ? 3 : parts[0] is "linear" || loss == "mse" ? 2 : 1;
        int[] layers = parts[0] switch
        {
            "conv-relu" or "conv-norm-relu" => [2, 3, 2],
            _ when parts[0].StartsWith("mlp", StringComparison.Ordinal) => [generator.NextBelow(40) + 1, 5],
            _ => [],
        };
        var inputs = parts[0].StartsWith("conv", StringComparison.Ordinal) ? 2 * 5 * 5 : 6;
        var spec = ModelSpec.FromStudy(parts[0], inputs, outputs, layers, loss);
        var count = 1 + generator.NextBelow(9);
        var targets = new double[count * spec.TargetWidth];
        for (var i = 0; i < targets.Length; i++)
            targets[i] = spec.Loss switch
            {
                LossKind.SquaredError => generator.NextNormal(),
                LossKind.BinaryCrossEntropy => generator.NextBelow(2),
                LossKind.SoftmaxCrossEntropy => generator.NextBelow(3),
                _ => i % 2 == 0 ? generator.NextBelow(6) : generator.NextBelow(2),
            };
        return (
            ManagedEngine.Instance.Build<double>(spec), Normals(generator, spec.ParameterCount),
            new Batch<double>(Normals(generator, count * inputs), targets, count), generator);
    }

    public static double[] Normals(SeededGenerator generator, int count)
    {
        var numbers = new double[count];
        for (var i = 0; i < count; i++) numbers[i] = generator.NextNormal();
        return numbers;
    }

    public static float[] Single(double[] numbers) => [.. numbers.Select(x => (float)x)];
}
