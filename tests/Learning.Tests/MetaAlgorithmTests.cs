using Xunit;

namespace FedMeta.Learning.Tests;

public class MetaAlgorithmTests
{
    private static readonly ModelSpec Spec = ModelSpec.FromStudy("mlp-tanh", 2, 1, [3], "bce");

    [Fact]
    public void Every_algorithm_uploads_as_many_numbers_as_it_says()
    {
        foreach (var name in MetaAlgorithms.Names)
        {
            var spec = name == "cnp" ? ModelSpec.FromStudy("cnp", 2, 1, [3]) : Spec;
            var algorithm = MetaAlgorithms.Create<double>(new AlgorithmSettings(name, 0.1, 2), spec);
            var model = ManagedEngine.Instance.Build<double>(algorithm.TrainingSpec);
            Assert.Equal(MetaAlgorithms.UploadLength(name, spec), algorithm.UploadLength);
            var state = algorithm.InitialState(spec.Initial(1));
            Assert.Equal(algorithm.UploadLength, state.Length);
            var update = new double[algorithm.UploadLength];
            algorithm.TaskUpdate(model, state, Task(), update);
            Assert.True(FlatVector.Norm<double>(update) > 0, name);
            Assert.True(FlatVector.IsFinite<double>(update), name);
            Assert.Equal(spec.ParameterCount, algorithm.InnerRates(state).Length);
        }
    }

    [Fact]
    public void Meta_sgd_sends_theta_and_rates_as_one_vector_and_keeps_rates_in_range()
    {
        var algorithm = MetaAlgorithms.Create<double>(new AlgorithmSettings("meta-sgd", 0.1, 2), Spec);
        Assert.Equal(2 * Spec.ParameterCount, algorithm.UploadLength);
        var state = algorithm.InitialState(Spec.Initial(1));
        state.AsSpan(Spec.ParameterCount).Fill(-5);
        state[0] = -7;
        algorithm.Project(state);
        Assert.All(algorithm.InnerRates(state), rate => Assert.Equal(0, rate));
        Assert.Equal(-7, state[0]);
        state.AsSpan(Spec.ParameterCount).Fill(1000);
        algorithm.Project(state);
        Assert.All(algorithm.InnerRates(state), rate => Assert.Equal(2, rate, 12));
    }

    [Fact]
    public void The_bias_only_loop_moves_the_last_bias_and_anil_the_last_layer()
    {
        var bias = MetaAlgorithms.Create<double>(new AlgorithmSettings("bias-only", 0.1, 2), Spec);
        var anil = MetaAlgorithms.Create<double>(new AlgorithmSettings("anil", 0.1, 2), Spec);
        var state = bias.InitialState(Spec.Initial(1));
        Assert.Equal(1, bias.InnerRates(state).Count(rate => rate > 0));
        Assert.Equal(4, anil.InnerRates(state).Count(rate => rate > 0));
    }

    [Fact]
    public void A_misspelt_algorithm_and_a_rate_of_zero_are_both_named() =>
        Assert.Equal(3, new AlgorithmSettings("malm", 0, 0).Problems().Count);

    [Fact]
    public void A_model_is_described_by_a_line_that_reads_back()
    {
        Assert.Equal(Spec, ModelSpecText.Parse(Spec.Text));
        Assert.Null(ModelSpecText.Parse(Spec.Text + " "));
        Assert.Null(ModelSpecText.Parse(Spec.Text.Replace("inputs=2", "inputs=02", StringComparison.Ordinal)));
        Assert.NotEqual(Spec.Fingerprint, ModelSpec.FromStudy("mlp-relu", 2, 1, [3], "bce").Fingerprint);
    }

    [Theory]
    [InlineData("logistic", 0, 1, null)]
    [InlineData("logistic", 3, 1, "mse")]
    [InlineData("softmax", 3, 1, null)]
    [InlineData("forest", 3, 1, null)]
    [InlineData("mlp-relu", 3, 1, null)]
    public void A_model_that_cannot_be_is_refused(string kind, int inputs, int outputs, string? loss) =>
        Assert.Throws<ArgumentException>(() => ModelSpec.FromStudy(kind, inputs, outputs, [], loss));

    [Fact]
    public void A_model_too_large_to_send_is_refused()
    {
        var problem = Assert.Single(ModelSpecText.Problems("mlp-relu", 1 << 20, 1, [1 << 20], "mse"));
        Assert.Contains("parameters", problem, StringComparison.Ordinal);
    }

    private static MetaTask<double> Task()
    {
        var generator = new SeededGenerator(2);
        var (x, y) = (new double[20], new double[10]);
        for (var i = 0; i < x.Length; i++) x[i] = generator.NextNormal();
        for (var i = 0; i < y.Length; i++) y[i] = x[2 * i] > 0 ? 1 : 0;
        return new MetaTask<double>(new Batch<double>(x, y, 10), 5);
    }
}
