using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FedMeta.Learning.Tests;

public class EngineTests
{
    private static readonly string[] Kinds = ["linear", "logistic", "softmax", "mlp-tanh mse", "mlp-tanh bce",
        "mlp-tanh ce", "mlp-relu mse", "mlp-relu bce", "mlp-relu ce", "cox", "conv-relu ce",
        "conv-norm-relu ce"];

    private static readonly string[] Smooth =
        [.. Kinds.Where(kind => !kind.Contains("relu", StringComparison.Ordinal))];

    [Fact]
    public void Gradients_and_Hessian_products_agree_with_finite_differences() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements(Smooth).ToArbitrary(), Gen.Choose(1, 100_000).ToArbitrary(), AgreesWithFiniteDifferences));

    /// <summary>Fixed seeds: at a kink the finite difference is wrong, not the product.</summary>
    [Theory]
    [InlineData("mlp-relu mse")]
    [InlineData("mlp-relu bce")]
    [InlineData("mlp-relu ce")]
    [InlineData("conv-relu ce")]
    [InlineData("conv-norm-relu ce")]
    public void Nets_with_kinks_agree_with_finite_differences_away_from_them(string kind)
    {
        for (var seed = 1; seed <= 20; seed++) Assert.True(AgreesWithFiniteDifferences(kind, seed), $"seed {seed}");
    }

    [Fact]
    public void Float_and_double_engines_agree_to_single_precision()
    {
        foreach (var kind in Kinds.Where(k => !k.Contains("relu", StringComparison.Ordinal)))
        {
            var (model, theta, batch, _) = Random(kind, 3);
            var single = ManagedEngine.Instance.Build<float>(model.Spec);
            var small = new Batch<float>(Single(batch.Inputs.ToArray()), Single(batch.Targets.ToArray()), batch.Count);
            var (gradient, gradientSingle) = (new double[theta.Length], new float[theta.Length]);
            var loss = model.Gradient(theta, batch, gradient);
            Assert.Equal(loss, single.Gradient(Single(theta), small, gradientSingle), 1e-5);
            for (var i = 0; i < gradient.Length; i++) Assert.Equal(gradient[i], gradientSingle[i], 1e-4);
        }
    }

    [Fact]
    public void Per_example_gradients_average_to_the_gradient()
    {
        foreach (var kind in Kinds.Where(k => k != "cox"))
        {
            var (model, theta, batch, _) = Random(kind, 11);
            var (gradient, mean) = (new double[theta.Length], new double[theta.Length]);
            model.Gradient(theta, batch, gradient);
            model.PerExampleGradients(
                theta, batch, (_, _, g) => FlatVector.AddScaled<double>(mean, 1.0 / batch.Count, g));
            for (var i = 0; i < gradient.Length; i++) Assert.Equal(gradient[i], mean[i], 1e-12);
        }
    }

    [Fact]
    public void A_survival_model_has_no_gradient_of_a_single_patient()
    {
        var (model, theta, batch, _) = Random("cox", 1);
        Assert.Throws<InvalidOperationException>(() => model.PerExampleGradients(theta, batch, (_, _, _) => { }));
    }

    [Fact]
    public void Concurrent_calls_give_the_same_bits()
    {
        var (model, theta, batch, _) = Random("mlp-tanh ce", 5);
        var reference = new double[theta.Length];
        model.Gradient(theta, batch, reference);
        Parallel.For(0, 200, _ =>
        {
            var gradient = new double[theta.Length];
            model.Gradient(theta, batch, gradient);
            Assert.Equal(reference, gradient);
        });
    }

    /// <summary>The promise "same bits on every x64 machine": also run with fewer instruction sets switched
    /// on.</summary>
    [Fact]
    public void The_bits_of_every_engine_result_are_pinned()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var kind in Kinds)
        {
            var (model, theta, batch, generator) = Random(kind, 17);
            var v = Normals(generator, theta.Length);
            var vector = new double[theta.Length];
            model.Gradient(theta, batch, vector);
            hash.AppendData(MemoryMarshal.AsBytes(vector.AsSpan()));
            model.HessianVectorProduct(theta, batch, v, vector);
            hash.AppendData(MemoryMarshal.AsBytes(vector.AsSpan()));
            var single = new float[theta.Length];
            var small = new Batch<float>(Single(batch.Inputs.ToArray()), Single(batch.Targets.ToArray()), batch.Count);
            ManagedEngine.Instance.Build<float>(model.Spec).Gradient(Single(theta), small, single);
            hash.AppendData(MemoryMarshal.AsBytes(single.AsSpan()));
        }

        Assert.Equal("5afa899d4dccb913e0f64cbd9b282e9c", Convert.ToHexStringLower(hash.GetCurrentHash())[..32]);
    }

    private static bool AgreesWithFiniteDifferences(string kind, int seed)
    {
        var (model, theta, batch, generator) = Random(kind, (ulong)seed);
        var d = theta.Length;
        var v = Normals(generator, d);
        var (gradient, product) = (new double[d], new double[d]);
        model.Gradient(theta, batch, gradient);
        model.HessianVectorProduct(theta, batch, v, product);
        const double step = 1e-6; // small: a kink inside the step would show
        var (ahead, behind) = (theta.ToArray(), theta.ToArray());
        FlatVector.AddScaled<double>(ahead, step, v);
        FlatVector.AddScaled<double>(behind, -step, v);
        var slope = (model.Loss(ahead, batch) - model.Loss(behind, batch)) / (2 * step);
        var (gradientAhead, gradientBehind) = (new double[d], new double[d]);
        model.Gradient(ahead, batch, gradientAhead);
        model.Gradient(behind, batch, gradientBehind);
        FlatVector.Subtract<double>(gradientAhead, gradientBehind, gradientAhead);
        FlatVector.Scale<double>(gradientAhead, 1 / (2 * step));
        FlatVector.Subtract<double>(gradientAhead, product, gradientBehind);
        var error = FlatVector.Norm<double>(gradientBehind);
        return Math.Abs(slope - FlatVector.Dot<double>(gradient, v)) < 1e-6 * (1 + Math.Abs(slope))
            && error < 1e-6 * (1 + FlatVector.Norm<double>(product));
    }

    private static (IModel<double> Model, double[] Theta, Batch<double> Batch, SeededGenerator Generator) Random(
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

    private static double[] Normals(SeededGenerator generator, int count)
    {
        var numbers = new double[count];
        for (var i = 0; i < count; i++) numbers[i] = generator.NextNormal();
        return numbers;
    }

    private static float[] Single(double[] numbers) => [.. numbers.Select(x => (float)x)];
}
