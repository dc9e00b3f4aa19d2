using Xunit;

namespace FedMeta.Learning.Tests;

public class BaselinesTests
{
    private static readonly ModelSpec Logistic = ModelSpec.FromStudy("logistic", 3, 1, []);
    private static readonly IModel<double> Model = ManagedEngine.Instance.Build<double>(Logistic);

    [Fact]
    public void Sites_that_differ_in_prevalence_alone_gain_from_recalibration()
    {
        List<Site> sites =
        [
            new("a", Patients(1, 150, -1.5), Patients(2, 400, -1.5)),
            new("b", Patients(3, 150, 1.5), Patients(4, 400, 1.5)),
        ];
        var settings = new BaselineSettings(FitSteps: 100, FitRate: 0.05, Folds: 2) { WeightDecays = [0, 0.03] };
        var results = Baselines.All(Model, sites, settings);
        double Loss(string name) => results.Single(r => r.Name == name).Thetas
            .Select((theta, i) => Model.Loss(theta, sites[i].Test)).Average();
        Assert.Equal(9, results.Count);
        Assert.True(Loss("pooled + intercept recalibration") < Loss("pooled") - 0.05);
        Assert.True(Loss("FedAvg by patients + intercept recalibration") < Loss("FedAvg by patients") - 0.05);
        Assert.True(Loss("local only") < Loss("prevalence only") - 0.1);
        Assert.True(Loss("FedAvg by patients + fine-tuning") < Loss("FedAvg by patients"));
        Assert.True(Loss("FedAvg by patients + proximal fine-tuning") < Loss("FedAvg by patients") - 0.05);
    }

    [Fact]
    public void Prevalence_alone_predicts_the_prevalence_and_never_certainty()
    {
        var theta = Baselines.PrevalenceOnly(Model, new Batch<double>(new double[9], new double[] { 1, 1, 1 }, 3));
        var p = ElementaryFunctions.Sigmoid(theta[3]);
        Assert.Equal(0.8, p, 12);
        Assert.Equal([0.0, 0, 0], theta[..3]);
    }

    [Fact]
    public void A_model_of_one_layer_is_fitted_to_the_minimum_and_a_separable_one_stays_finite()
    {
        var train = Patients(1, 60, 0.5);
        var settings = new BaselineSettings(Folds: 2) { WeightDecays = [0] };
        var theta = Baselines.Pooled(Model, [new Site("a", train, train)], settings);
        var gradient = new double[4];
        Model.Gradient(theta, train, gradient);
        Assert.True(FlatVector.Norm<double>(gradient) < 1e-9);
        var apart = new Batch<double>(
            new double[] { -1, 0, 0, 1, 0, 0, -2, 0, 0, 2, 0, 0 }, new double[] { 0, 1, 0, 1 }, 4);
        Assert.True(FlatVector.IsFinite<double>(Baselines.LocalOnly(Model, apart, settings)));
        Assert.True(FlatVector.IsFinite<double>(Baselines.Pooled(Model, [new Site("a", apart, apart)], settings)));
    }

    [Fact]
    public void The_decay_is_the_one_that_patients_left_out_like_best()
    {
        var (telling, all) = (Patients(1, 200, 0), Patients(1, 60, 0));
        var generator = new SeededGenerator(9);
        var noise = new Batch<double>(
            all.Inputs, Enumerable.Range(0, 60).Select(_ => generator.NextBelow(2) * 1.0).ToArray(), 60);
        double[] Alone(Batch<double> train, params double[] decays) => Baselines.LocalOnly(
            Model, train, new BaselineSettings { WeightDecays = [.. decays] });
        Assert.Equal(Alone(telling, 0.001), Alone(telling, 0.001, 1));
        Assert.Equal(Alone(noise, 1), Alone(noise, 0.001, 1));
        Assert.NotEqual(Alone(noise, 1), Alone(noise, 0.001));
    }

    [Fact]
    public void A_handful_of_patients_that_happens_to_be_separable_does_not_claim_certainty()
    {
        var (few, others) = (Patients(1, 6, 0), Patients(2, 400, 0));
        var theta = Baselines.LocalOnly(Model, few, new BaselineSettings { WeightDecays = [0] });
        var apart = new double[6];
        Model.Predict(theta, few.Inputs.Span, apart);
        Assert.All(apart.Zip(few.Targets.ToArray()), p => Assert.Equal(p.Second > 0, p.First > 0)); // separated
        var widest = new BaselineSettings { WeightDecays = [1 / (Baselines.WidestPrior * 6)] };
        Assert.Equal(Baselines.LocalOnly(Model, few, widest), theta);
        Assert.InRange(Model.Loss(theta, others), 0, 2);
        var pooled = Baselines.Pooled(Model, [new Site("a", few, few)], new BaselineSettings());
        Assert.True(Model.Loss(pooled, others) > 5, "without decay the loss of the others is beyond all bounds");
    }

    [Fact]
    public void A_hospital_alone_whose_patients_all_have_the_disease_does_not_claim_certainty()
    {
        var train = new Batch<double>(Patients(1, 30, 0).Inputs, Enumerable.Repeat(1.0, 30).ToArray(), 30);
        Assert.Equal(
            Baselines.PrevalenceOnly(Model, train), Baselines.LocalOnly(Model, train, new BaselineSettings()));
    }

    [Fact]
    public void A_strong_pull_leaves_the_shared_model_and_a_weak_one_the_site_s_own()
    {
        double[] shared = [1, 1, 1, 1];
        var train = Patients(1, 60, 0.5);
        double[] Pulled(double pull) => Baselines.Proximal(
            Model, shared, train, new BaselineSettings(Folds: 2) { Pulls = [pull] });
        Assert.All(Pulled(1e9).Zip(shared), pair => Assert.Equal(pair.Second, pair.First, 6));
        var own = Baselines.Pooled(Model, [new Site("a", train, train)], new BaselineSettings());
        Assert.All(Pulled(0).Zip(own), pair => Assert.Equal(pair.Second, pair.First, 6));
    }

    [Fact]
    public void Weights_by_patients_and_uniform_weights_agree_where_sites_are_equally_large()
    {
        List<Site> sites =
            [new("a", Patients(1, 30, 0), Patients(2, 10, 0)), new("b", Patients(3, 30, 1), Patients(4, 10, 1))];
        Assert.Equal(
            Baselines.FedAvg(Model, sites, new BaselineSettings(), weightByPatients: true),
            Baselines.FedAvg(Model, sites, new BaselineSettings(), weightByPatients: false));
        sites[0] = sites[0] with { Train = Patients(1, 31, 0) };
        Assert.NotEqual(
            Baselines.FedAvg(Model, sites, new BaselineSettings(), weightByPatients: true),
            Baselines.FedAvg(Model, sites, new BaselineSettings(), weightByPatients: false));
    }

    private static Batch<double> Patients(ulong seed, int count, double shift)
    {
        var generator = new SeededGenerator(seed);
        var (x, y) = (new double[3 * count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < 3; j++) x[3 * i + j] = generator.NextNormal();
            var logit = 2 * x[3 * i] - x[3 * i + 1] + shift;
            y[i] = generator.NextUnit() < ElementaryFunctions.Sigmoid(logit) ? 1 : 0;
        }

        return new Batch<double>(x, y, count);
    }
}
