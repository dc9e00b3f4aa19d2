using Xunit;

namespace FedMeta.Learning.Tests;

public class ClippedGradientSumTests
{
    [Theory]
    [InlineData("linear")]
    [InlineData("logistic")]
    [InlineData("softmax")]
    [InlineData("mlp-tanh mse")]
    [InlineData("mlp-relu bce")]
    [InlineData("mlp-relu ce")]
    [InlineData("conv-relu ce")]
    [InlineData("conv-norm-relu ce")]
    public void It_is_the_sum_of_the_clipped_gradients_of_single_records(string kind)
    {
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var (model, theta, batch, _) = RandomModels.Of(kind, seed);
            var (expected, expectedNorms) = (new double[theta.Length], new double[batch.Count]);
            var middle = Middle(model, theta, batch);
            var mean = RecordClipping.Sum(model, theta, batch, middle, expected, expectedNorms);
            var (sum, norms) = (new double[theta.Length], new double[batch.Count]);
            sum.AsSpan().Fill(double.NaN);
            norms.AsSpan().Fill(double.NaN);
            Assert.Equal(mean, model.ClippedGradientSum(theta, batch, middle, sum, norms), 1e-12);
            var largest = expected.Max(Math.Abs);
            for (var i = 0; i < sum.Length; i++) Assert.Equal(expected[i], sum[i], 1e-12 * (1 + largest));
            for (var i = 0; i < norms.Length; i++)
                Assert.Equal(expectedNorms[i], norms[i], 1e-12 * (1 + expectedNorms[i]));
        }
    }

    [Fact]
    public void A_bound_above_all_norms_gives_the_gradient_times_the_records()
    {
        var (model, theta, batch, _) = RandomModels.Of("mlp-tanh ce", 4);
        var (sum, gradient) = (new double[theta.Length], new double[theta.Length]);
        model.ClippedGradientSum(theta, batch, 1e9, sum, new double[batch.Count]);
        model.Gradient(theta, batch, gradient);
        for (var i = 0; i < sum.Length; i++) Assert.Equal(batch.Count * gradient[i], sum[i], 1e-11);
    }

    [Fact]
    public void A_pull_is_part_of_every_record()
    {
        var (inner, theta, batch, generator) = RandomModels.Of("mlp-tanh ce", 4);
        var model = new ProximalModel<double>(inner, RandomModels.Normals(generator, theta.Length), 0.3);
        var (sum, norms) = (new double[theta.Length], new double[batch.Count]);
        ((IModel<double>)model).ClippedGradientSum(theta, batch, 1e9, sum, norms);
        var gradient = new double[theta.Length];
        model.Gradient(theta, batch, gradient);
        for (var i = 0; i < sum.Length; i++) Assert.Equal(batch.Count * gradient[i], sum[i], 1e-11);
    }

    [Fact]
    public void A_survival_model_has_no_clipped_sum()
    {
        var (model, theta, batch, _) = RandomModels.Of("cox", 1);
        Assert.Throws<InvalidOperationException>(() =>
            model.ClippedGradientSum(theta, batch, 1, new double[theta.Length], new double[batch.Count]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_bound_that_is_none_is_refused(double bound)
    {
        var (model, theta, batch, _) = RandomModels.Of("logistic", 1);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            model.ClippedGradientSum(theta, batch, bound, new double[theta.Length], new double[batch.Count]));
    }

    private static double Middle(IModel<double> model, double[] theta, Batch<double> batch)
    {
        var norms = new List<double>();
        model.PerExampleGradients(theta, batch, (_, _, g) => norms.Add(FlatVector.Norm<double>(g)));
        norms.Sort();
        return norms[norms.Count / 2] * 0.99;
    }
}
