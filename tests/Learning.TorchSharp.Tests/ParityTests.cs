using System.Text.Json;
using FedMeta.Tests.Support;

namespace FedMeta.Learning.Torch.Tests;

/// <summary>One suite over <see cref="IEngine"/>: every engine gives the reference values, computed in PyTorch.</summary>
public sealed class ParityTests
{
    private const double Tight = 1e-12;
    private const double Loose = 1e-10;

    private static readonly string[] Files =
    [
        "linear_mse.json", "logreg_bce.json", "mlp_relu_ce.json", "mlp_relu_mse.json", "mlp_tanh_bce.json",
        "mlp_tanh_ce.json", "conv1_ce.json",
    ];

    public static TheoryData<string, string> EnginesAndFiles()
    {
        var data = new TheoryData<string, string>();
        foreach (var engine in Engines.Available)
            foreach (var file in Files) data.Add(engine, file);
        return data;
    }

    [SharedTheory("oracles/meta")]
    [MemberData(nameof(EnginesAndFiles))]
    public void Loss_outputs_gradient_and_Hessian_product_are_the_reference_s(string engine, string file)
    {
        var fixture = Fixture.Read(file);
        var model = Engines.Named(engine).Build<double>(fixture.Spec);
        var theta = fixture["theta"];
        var batch = fixture.Inner[0];
        var (gradient, product) = (new double[theta.Length], new double[theta.Length]);
        var output = new double[batch.Count * fixture.Spec.Outputs];

        var loss = fixture.Root.GetProperty("loss_value").GetDouble();
        Close(loss, model.Loss(theta, batch), Tight);
        Close(loss, model.Gradient(theta, batch, gradient), Tight);
        Close(fixture["grad"], gradient, Tight);
        model.HessianVectorProduct(theta, batch, fixture["v"], product);
        Close(fixture["hvp"], product, Tight);
        model.Predict(theta, batch.Inputs.Span, output);
        Close(fixture["output"], output, Tight);

        var mean = new double[theta.Length];
        var losses = 0.0;
        model.PerExampleGradients(theta, batch, (_, own, g) =>
        {
            losses += own / batch.Count;
            FlatVector.AddScaled<double>(mean, 1.0 / batch.Count, g);
        });
        Close(fixture["grad"], mean, Tight);
        Close(loss, losses, Tight);
    }

    [SharedTheory("oracles/meta")]
    [MemberData(nameof(EnginesAndFiles))]
    public void Meta_gradients_through_one_three_and_five_steps_are_the_reference_s(string engine, string file)
    {
        var fixture = Fixture.Read(file);
        var model = Engines.Named(engine).Build<double>(fixture.Spec);
        var theta = fixture["theta"];
        var mask = Enumerable.Repeat(1.0, theta.Length).ToArray();
        var rates = Enumerable.Repeat(fixture.Root.GetProperty("alpha").GetDouble(), theta.Length).ToArray();
        foreach (var (row, steps, support) in new[]
        {
            ("maml_K1_same", 1, fixture.Inner[..1]), ("maml_K3_same", 3, fixture.Inner[..1]),
            ("maml_K5_same", 5, fixture.Inner[..1]), ("maml_K3_minibatch", 3, fixture.Inner[..3]),
        })
        {
            var (gradient, byRate, adapted) =
                (new double[theta.Length], new double[theta.Length], new double[theta.Length]);
            AdaptedGradient.Compute<double>(model, theta, support, steps, fixture.Query, rates, mask,
                GradientOrder.Second, gradient, byRate, adapted);
            var reference = fixture.Root.GetProperty(row);
            Close(Fixture.VectorOf(reference.GetProperty("meta_grad_theta")), gradient, Loose);
            Close(Fixture.VectorOf(reference.GetProperty("theta_K")), adapted, Loose);
        }
    }

    [SharedTheory("oracles/meta")]
    [MemberData(nameof(Engines.Names), MemberType = typeof(Engines))]
    public void The_survival_loss_its_gradient_and_Hessian_product_are_the_reference_s(string engine)
    {
        foreach (var test in Fixture.Document("cox.json").GetProperty("cases").EnumerateArray())
        {
            double[] Vector(string name) => Fixture.VectorOf(test.GetProperty(name));
            var model = Engines.Named(engine).Build<double>(
                ModelSpec.FromStudy("cox", test.GetProperty("d").GetInt32(), 1, []));
            double[] targets = [.. Vector("T").Zip(Vector("E")).SelectMany(each => new[] { each.First, each.Second })];
            var batch = new Batch<double>(Vector("x"), targets, test.GetProperty("n").GetInt32());
            var theta = Vector("theta");
            var vector = new double[theta.Length];
            Close(test.GetProperty("loss").GetDouble(), model.Gradient(theta, batch, vector), Tight);
            Close(Vector("grad"), vector, Tight);
            model.HessianVectorProduct(theta, batch, Vector("v"), vector);
            Close(Vector("hvp"), vector, Tight);
            Assert.Throws<InvalidOperationException>(() => model.PerExampleGradients(theta, batch, (_, _, _) => { }));
        }
    }

    /// <summary>tests/Learning.Tests/Fixtures/prototypes.py says how the numbers were made.</summary>
    [Theory]
    [MemberData(nameof(Engines.Names), MemberType = typeof(Engines))]
    public void The_loss_of_an_episode_its_gradient_and_Hessian_product_are_the_reference_s(string engine)
    {
        var file = Path.Combine(CheckoutFolder.Root, "tests", "Learning.Tests", "Fixtures", "prototypes.json");
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var test in document.RootElement.EnumerateArray())
        {
            double[] Vector(string name) => Fixture.VectorOf(test.GetProperty(name));
            var model = Engines.Named(engine).Build<double>(
                ModelSpecText.Parse(test.GetProperty("model").GetString()!)!);
            var targets = Vector("targets");
            var batch = new Batch<double>(Vector("inputs"), targets, targets.Length / 2);
            var theta = Vector("theta");
            var vector = new double[theta.Length];
            Close(test.GetProperty("loss").GetDouble(), model.Gradient(theta, batch, vector), Tight);
            Close(Vector("gradient"), vector, Tight);
            model.HessianVectorProduct(theta, batch, Vector("v"), vector);
            Close(Vector("hessian_vector_product"), vector, Tight);
            Assert.Throws<InvalidOperationException>(() => model.PerExampleGradients(theta, batch, (_, _, _) => { }));
        }
    }

    /// <summary>Relative to the largest element.</summary>
    internal static void Close(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
            Assert.InRange(actual[i] - expected[i], -tolerance * largest, tolerance * largest);
    }

    private static void Close(double expected, double actual, double tolerance) =>
        Close([expected], [actual], tolerance);
}
