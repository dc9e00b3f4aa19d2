using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace FedMeta.Learning.Torch.Tests;

/// <summary>What goes wrong in TorchSharp where one does not know it.</summary>
public sealed class TrapTests
{
    [TorchFact]
    public void A_pass_that_fails_is_an_exception_and_the_process_goes_on()
    {
        using var scope = NewDisposeScope();
        var (three, four) = (zeros(3L, ScalarType.Float64), zeros(4L, ScalarType.Float64));
        var constant = three.sum();
        Assert.Throws<ExternalException>(() => autograd.backward([constant], null, false, false, [constant]));
        Assert.Throws<ExternalException>(() => nn.functional.linear(three.view(1L, 3L), four.view(1L, 4L)));
    }

    [TorchFact]
    public void Concurrent_calls_give_the_same_bits()
    {
        var spec = ModelSpec.FromStudy("mlp-tanh", 20, 3, [40, 20]);
        var (theta, batch, v) = RandomModels.Draw(spec, 1);
        var model = Engines.Torch!.Build<double>(spec);
        var (gradient, product) = (new double[theta.Length], new double[theta.Length]);
        model.Gradient(theta, batch, gradient);
        model.HessianVectorProduct(theta, batch, v, product);
        Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            var (own, ownProduct) = (new double[theta.Length], new double[theta.Length]);
            model.Gradient(theta, batch, own);
            model.HessianVectorProduct(theta, batch, v, ownProduct);
            Assert.Equal(gradient, own);
            Assert.Equal(product, ownProduct);
        });
    }

    [TorchFact]
    public void A_target_that_is_no_class_is_refused_before_it_reaches_the_library()
    {
        var spec = ModelSpec.FromStudy("softmax", 2, 3, []);
        var model = Engines.Torch!.Build<double>(spec);
        foreach (var target in (double[])[3, -1, 0.5, double.NaN])
            Assert.Throws<ArgumentException>(() =>
                model.Loss(new double[spec.ParameterCount], new Batch<double>(new double[2], new[] { target }, 1)));
    }

    [TorchFact]
    public void An_episode_without_a_query_or_with_one_whose_class_has_no_support_is_refused()
    {
        var spec = ModelSpec.FromStudy("mlp-tanh", 2, 3, [4], "prototypes");
        var model = Engines.Torch!.Build<double>(spec);
        foreach (var targets in (double[][])[[0, 0, 1, 0], [0, 0, 1, 1], [0, 0, 3, 1]])
            Assert.Throws<ArgumentException>(() =>
                model.Loss(new double[spec.ParameterCount], new Batch<double>(new double[4], targets, 2)));
    }

    [TorchFact]
    public void Records_that_do_not_fit_are_refused_as_in_the_managed_engine()
    {
        var spec = ModelSpec.FromStudy("logistic", 2, 1, []);
        var model = Engines.Torch!.Build<double>(spec);
        var theta = new double[spec.ParameterCount];
        Assert.Throws<ArgumentException>(() => model.Loss(theta, new Batch<double>(default, default, 0)));
        Assert.Throws<ArgumentException>(() => model.Loss(theta, new Batch<double>(new double[3], new double[1], 1)));
        Assert.Throws<ArgumentException>(() =>
            model.Loss(new double[2], new Batch<double>(new double[2], new double[1], 1)));
        Assert.Throws<ArgumentException>(() => Engines.Torch.Build<Half>(spec));
    }

    [TorchFact]
    public void A_gradient_that_overflows_is_not_finite_and_nothing_worse()
    {
        var spec = ModelSpec.FromStudy("linear", 2, 1, []);
        var gradient = new float[spec.ParameterCount];
        Engines.Torch!.Build<float>(spec).Gradient(
            new float[] { 1e30f, 1e30f, 0 }, new Batch<float>(new[] { 1e30f, 1f }, new float[1], 1), gradient);
        Assert.Contains(gradient, each => !float.IsFinite(each));
    }

    [Fact]
    public void A_kind_of_model_that_is_not_offered_is_refused_in_words()
    {
        var process = ModelSpec.FromStudy("cnp", 2, 1, [3]);
        Assert.Contains("no cnp model", TorchSharpEngine.Refusal(process), StringComparison.Ordinal);
        if (Engines.Torch is { } engine) Assert.Throws<ArgumentException>(() => engine.Build<float>(process));
    }

    [Fact]
    public void Every_kind_of_model_in_the_random_tests_is_offered() =>
        Assert.All(RandomModels.Specs, spec => Assert.Null(TorchSharpEngine.Refusal(spec)));

    [Fact]
    public void Looking_for_TorchSharp_says_why_and_writes_nothing_to_the_standard_output()
    {
        var written = new StringWriter();
        var output = Console.Out;
        Console.SetOut(written);
        try
        {
            foreach (var device in Enum.GetValues<TorchDevice>())
            {
                var engine = TorchSharpEngine.Find(device, out var why);
                Assert.NotEmpty(why);
                Assert.DoesNotContain('\n', why);
                if (engine is not null) Assert.Equal(("torchsharp", false), (engine.Name, engine.Reproducible));
                if (device == TorchDevice.Cpu) Assert.Equal("cpu", engine?.Device ?? "cpu");
            }
        }
        finally
        {
            Console.SetOut(output);
        }

        Assert.Equal("", written.ToString());
    }
}
