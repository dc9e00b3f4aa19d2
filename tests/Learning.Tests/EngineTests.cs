using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace FedMeta.Learning.Tests;

public class EngineTests
{
    private static readonly string[] Smooth =
        [.. RandomModels.Kinds.Where(kind => !kind.Contains("relu", StringComparison.Ordinal))];

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
        foreach (var kind in RandomModels.Kinds.Where(k => !k.Contains("relu", StringComparison.Ordinal)))
        {
            var (model, theta, batch, _) = RandomModels.Of(kind, 3);
            var single = ManagedEngine.Instance.Build<float>(model.Spec);
            var small = new Batch<float>(
                RandomModels.Single(batch.Inputs.ToArray()), RandomModels.Single(batch.Targets.ToArray()), batch.Count);
            var (gradient, gradientSingle) = (new double[theta.Length], new float[theta.Length]);
            var loss = model.Gradient(theta, batch, gradient);
            Assert.Equal(loss, single.Gradient(RandomModels.Single(theta), small, gradientSingle), 1e-5);
            for (var i = 0; i < gradient.Length; i++) Assert.Equal(gradient[i], gradientSingle[i], 1e-4);
        }
    }

    [Fact]
    public void Per_example_gradients_average_to_the_gradient()
    {
        foreach (var kind in RandomModels.Kinds.Where(k => k != "cox"))
        {
            var (model, theta, batch, _) = RandomModels.Of(kind, 11);
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
        var (model, theta, batch, _) = RandomModels.Of("cox", 1);
        Assert.Throws<InvalidOperationException>(() => model.PerExampleGradients(theta, batch, (_, _, _) => { }));
    }

    [Fact]
    public void Concurrent_calls_give_the_same_bits()
    {
        var (model, theta, batch, _) = RandomModels.Of("mlp-tanh ce", 5);
        var reference = new double[theta.Length];
        model.Gradient(theta, batch, reference);
        Parallel.For(0, 200, _ =>
        {
            var gradient = new double[theta.Length];
            model.Gradient(theta, batch, gradient);
            Assert.Equal(reference, gradient);
        });
    }

    private static bool AgreesWithFiniteDifferences(string kind, int seed)
    {
        var (model, theta, batch, generator) = RandomModels.Of(kind, (ulong)seed);
        var d = theta.Length;
        var v = RandomModels.Normals(generator, d);
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
}
