using Xunit;

namespace FedMeta.Learning.Tests;

public class DittoTests
{
    private const double Rate = 0.2, Pull = 3;
    private static readonly ModelSpec Spec = ModelSpec.FromStudy("logistic", 2, 1, []);
    private static readonly IModel<double> Model = ManagedEngine.Instance.Build<double>(Spec);
    private static readonly double[] Shared = [0.4, -0.3, 0.2];

    [Fact]
    public void What_it_sends_is_what_fedavg_sends_whatever_the_pull()
    {
        var task = new MetaTask<double>(Records(12), 0, seed: 4);
        Assert.Equal(Update("fedavg", 1, task), Update("ditto", 1, task));
        Assert.Equal(Update("ditto", 1, task), Update("ditto", 50, task));
    }

    /// <summary>v -= rate (grad(v) + lambda (v - w)), written out (algorithm 1 of the paper).</summary>
    [Fact]
    public void Full_steps_of_adaptation_are_the_papers_personal_steps()
    {
        var data = Records(12);
        var ditto = MetaAlgorithms.Create<double>(new AlgorithmSettings("ditto", Rate, 1, Pull), Spec);
        var personal = (double[])Shared.Clone();
        CandidateAdaptation.Run(Model, personal, ditto.InnerRates(Shared), data,
            new AdaptationSettings(Steps: 4, Pull: ditto.AdaptationPull), AdaptationChoice.FullSteps);

        var (expected, gradient) = ((double[])Shared.Clone(), new double[3]);
        for (var step = 0; step < 4; step++)
        {
            Model.Gradient(expected, data, gradient);
            for (var i = 0; i < 3; i++) expected[i] -= Rate * (gradient[i] + (Pull * (expected[i] - Shared[i])));
        }

        for (var i = 0; i < 3; i++) Assert.Equal(expected[i], personal[i], 1e-14);
    }

    [Theory]
    [InlineData("ditto", Pull)]
    [InlineData("pfedme", Pull)]
    [InlineData("imaml", Pull)]
    [InlineData("fedprox", 0)]
    [InlineData("fedavg", 0)]
    [InlineData("meta-sgd", 0)]
    public void Adaptation_is_pulled_where_the_personal_model_is_a_proximal_point(string name, double pull) =>
        Assert.Equal(
            pull,
            MetaAlgorithms.Create<double>(new AlgorithmSettings(name, Rate, 1, Pull), Spec).AdaptationPull);

    private static double[] Update(string name, double proximal, MetaTask<double> task)
    {
        var algorithm = MetaAlgorithms.Create<double>(new AlgorithmSettings(name, Rate, 3, proximal), Spec);
        var update = new double[3];
        algorithm.TaskUpdate(Model, Shared, task, update);
        return update;
    }

    private static Batch<double> Records(int count)
    {
        var generator = new SeededGenerator(9);
        var (x, y) = (new double[2 * count], new double[count]);
        for (var i = 0; i < x.Length; i++) x[i] = generator.NextNormal();
        for (var i = 0; i < y.Length; i++) y[i] = generator.NextUnit() < 0.5 + (x[2 * i] / 10) ? 1 : 0;
        return new Batch<double>(x, y, count);
    }
}
