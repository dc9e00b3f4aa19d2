using System.Text.Json;
using Xunit;

namespace FedMeta.Learning.Tests;

public class ConvolutionTests
{
    [Fact]
    public void Loss_gradient_and_Hessian_product_are_those_of_PyTorch()
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "convolutions.json")));
        foreach (var element in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            var channels = element.GetProperty("channels").EnumerateArray().Select(e => e.GetInt32()).ToArray();
            var side = element.GetProperty("side").GetInt32();
            var spec = ModelSpec.FromStudy(
                element.GetProperty("kind").GetString()!, channels[0] * side * side,
                element.GetProperty("outputs").GetInt32(), channels, element.GetProperty("loss").GetString());
            var model = ManagedEngine.Instance.Build<double>(spec);
            var batch = new Batch<double>(
                Numbers(element, "x"), Numbers(element, "y"), element.GetProperty("count").GetInt32());
            var theta = Numbers(element, "theta");
            var vector = new double[theta.Length];
            AssertClose([element.GetProperty("loss_value").GetDouble()], [model.Gradient(theta, batch, vector)]);
            AssertClose(Numbers(element, "grad"), vector);
            model.HessianVectorProduct(theta, batch, Numbers(element, "v"), vector);
            AssertClose(Numbers(element, "hvp"), vector);
        }
    }

    /// <summary>Fixed seeds: at a kink the finite difference is wrong, not the product.</summary>
    [Fact]
    public void Random_nets_agree_with_a_plain_forward_pass_and_with_finite_differences()
    {
        for (ulong seed = 1; seed <= 60; seed++)
        {
            var (model, theta, batch, generator) = Random(seed);
            var loss = model.Loss(theta, batch);
            Assert.Equal(PlainNet.Loss(model.Spec, theta, batch), loss, 1e-11 * (1 + Math.Abs(loss)));
            var v = Normals(generator, theta.Length);
            var (gradient, product) = (new double[theta.Length], new double[theta.Length]);
            Assert.Equal(loss, model.Gradient(theta, batch, gradient));
            model.HessianVectorProduct(theta, batch, v, product);
            const double step = 1e-6;
            var (ahead, behind) = (theta.ToArray(), theta.ToArray());
            FlatVector.AddScaled<double>(ahead, step, v);
            FlatVector.AddScaled<double>(behind, -step, v);
            var slope = (model.Loss(ahead, batch) - model.Loss(behind, batch)) / (2 * step);
            Assert.True(
                Math.Abs(slope - FlatVector.Dot<double>(gradient, v)) < 1e-6 * (1 + Math.Abs(slope)),
                $"gradient of {model.Spec}, seed {seed}");
            var (gradientAhead, gradientBehind) = (new double[theta.Length], new double[theta.Length]);
            model.Gradient(ahead, batch, gradientAhead);
            model.Gradient(behind, batch, gradientBehind);
            FlatVector.Subtract<double>(gradientAhead, gradientBehind, gradientAhead);
            FlatVector.Scale<double>(gradientAhead, 1 / (2 * step));
            FlatVector.Subtract<double>(gradientAhead, product, gradientAhead);
            Assert.True(
                FlatVector.Norm<double>(gradientAhead) < 1e-6 * (1 + FlatVector.Norm<double>(product)),
                $"Hessian product of {model.Spec}, seed {seed}");
        }
    }

    [Fact]
    public void The_clipped_sum_of_random_nets_is_that_of_their_records()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var (model, theta, batch, _) = Random(seed);
            var (sum, norms) = (new double[theta.Length], new double[batch.Count]);
            model.ClippedGradientSum(theta, batch, 1e9, sum, norms);
            var bound = norms.Order().ElementAt(batch.Count / 2) * 0.99;
            var (expected, expectedNorms) = (new double[theta.Length], new double[batch.Count]);
            var loss = RecordClipping.Sum(model, theta, batch, bound, expected, expectedNorms);
            Assert.Equal(loss, model.ClippedGradientSum(theta, batch, bound, sum, norms), 1e-12 * (1 + loss));
            AssertClose(expectedNorms, norms);
            AssertClose(expected, sum);
        }
    }

    [Fact]
    public void Single_precision_follows_double_precision_where_no_kink_is_near()
    {
        // A relu that never closes and a pool whose winner is clear: positive weights on a rising image.
        foreach (var kind in new[] { "conv-relu", "conv-norm-relu" })
        {
            var spec = ModelSpec.FromStudy(kind, 36, 2, [1, 20, 3], "ce");
            var generator = new SeededGenerator(4);
            var theta = Normals(generator, spec.ParameterCount);
            for (var i = 0; i < theta.Length; i++) theta[i] = Math.Abs(theta[i]) / 8;
            var inputs = Enumerable.Range(0, 36).Select(i => i * (i + 5) / 500.0).ToArray();
            var v = Normals(generator, theta.Length);
            var (exact, rounded) = (new double[theta.Length], new float[theta.Length]);
            var batch = new Batch<double>(inputs, new double[] { 1 }, 1);
            var small = new Batch<float>(Single(inputs), new float[] { 1 }, 1);
            var (model, single) = (ManagedEngine.Instance.Build<double>(spec), ManagedEngine.Instance.Build<float>(spec));
            model.Gradient(theta, batch, exact);
            single.Gradient(Single(theta), small, rounded);
            for (var i = 0; i < theta.Length; i++) Assert.Equal(exact[i], rounded[i], 1e-4 * (1 + Math.Abs(exact[i])));
            model.HessianVectorProduct(theta, batch, v, exact);
            single.HessianVectorProduct(Single(theta), small, Single(v), rounded);
            for (var i = 0; i < theta.Length; i++) Assert.Equal(exact[i], rounded[i], 1e-3 * (1 + Math.Abs(exact[i])));
        }
    }

    [Fact]
    public void A_weight_that_is_no_number_shows_in_the_loss()
    {
        var spec = ModelSpec.FromStudy("conv-relu", 16, 2, [1, 2], "ce");
        var model = ManagedEngine.Instance.Build<double>(spec);
        var theta = spec.Initial(1);
        theta[4] = double.NaN;
        Assert.True(double.IsNaN(model.Loss(theta, new Batch<double>(new double[16], new double[1], 1))));
    }

    [Fact]
    public void The_layout_has_the_norm_between_two_convolutions_and_the_norm_starts_as_the_identity()
    {
        var spec = ModelSpec.FromStudy("conv-norm-relu", 2 * 8 * 8, 3, [2, 10, 9]);
        Assert.Equal(
            ["convW0", "convb0", "normW0", "normb0", "convW1", "convb1", "normW1", "normb1", "W", "b"],
            spec.Blocks.Select(block => block.Name));
        Assert.Equal([9, 2, 3, 3, 180, 10, 10, 10, 810, 9, 9, 9, 108, 3],
            [9, .. spec.Blocks[0].Shape[1..], .. spec.Blocks.Select(block => block.Length)]);
        var theta = spec.Initial(5);
        Assert.All(theta[190..200], weight => Assert.Equal(1, weight));
        Assert.All(theta[200..210], bias => Assert.Equal(0, bias));
        Assert.All(theta[..190], weight => Assert.InRange(Math.Abs(weight), 1e-12, 1 / Math.Sqrt(18)));
        Assert.Equal(spec, ModelSpecText.Parse(spec.Text));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(9, 3)]
    [InlineData(10, 5)]
    [InlineData(13, 1)]
    [InlineData(64, 8)]
    public void Channels_are_normalised_in_as_many_groups_as_divide_them_up_to_eight(int channels, int groups) =>
        Assert.Equal(groups, GroupNormKernel<double>.GroupsOf(channels));

    /// <summary>One to three blocks of up to 20 channels on images of odd and even sides.</summary>
    private static (IModel<double> Model, double[] Theta, Batch<double> Batch, SeededGenerator Generator) Random(
        ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var blocks = 1 + generator.NextBelow(3);
        var channels = new int[blocks + 1];
        channels[0] = 1 + generator.NextBelow(3);
        for (var b = 1; b <= blocks; b++) channels[b] = 1 + generator.NextBelow(20);
        var side = (1 << blocks) + generator.NextBelow(5);
        var kind = generator.NextBelow(2) == 0 ? "conv-relu" : "conv-norm-relu";
        var loss = new[] { "ce", "mse", "bce" }[generator.NextBelow(3)];
        var outputs = loss == "ce" ? 3 : 2;
        var spec = ModelSpec.FromStudy(kind, channels[0] * side * side, outputs, channels, loss);
        var count = 1 + generator.NextBelow(3);
        var targets = new double[count * spec.TargetWidth];
        for (var i = 0; i < targets.Length; i++)
            targets[i] = loss == "mse" ? generator.NextNormal() : generator.NextBelow(2);
        var theta = Normals(generator, spec.ParameterCount);
        FlatVector.Scale<double>(theta, 0.3);
        return (
            ManagedEngine.Instance.Build<double>(spec), theta,
            new Batch<double>(Normals(generator, count * spec.Inputs), targets, count), generator);
    }

    private static void AssertClose(double[] expected, double[] actual)
    {
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-12 * scale);
    }

    /// <summary>Its parameters are few enough; one image between its blocks has 2^40 numbers, which 32 bits take for
    /// 2^20.</summary>
    [Fact]
    public void A_net_whose_images_no_array_can_hold_is_not_built() => Assert.Throws<OverflowException>(() =>
        ManagedEngine.Instance.Build<float>(
            ModelSpec.FromStudy("conv-norm-relu", 1 << 20, 1, [1, 1 << 20, 1])));

    private static double[] Numbers(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];

    private static double[] Normals(SeededGenerator generator, int count)
    {
        var numbers = new double[count];
        for (var i = 0; i < count; i++) numbers[i] = generator.NextNormal();
        return numbers;
    }

    private static float[] Single(double[] numbers) => [.. numbers.Select(x => (float)x)];
}
