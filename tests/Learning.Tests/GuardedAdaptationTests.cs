using Xunit;

namespace FedMeta.Learning.Tests;

public class GuardedAdaptationTests
{
    private static readonly ModelSpec Logistic = ModelSpec.FromStudy("logistic", 3, 1, []);
    private static readonly IModel<double> Model = ManagedEngine.Instance.Build<double>(Logistic);
    private static readonly AdaptationSettings Settings = new();

    [Fact]
    public void A_diverging_rate_leaves_the_start_or_something_better()
    {
        var spec = ModelSpec.FromStudy("linear", 3, 1, []);
        var model = ManagedEngine.Instance.Build<double>(spec);
        var support = Patients(40, shift: 0.5);
        var theta = new double[4];
        var before = model.Loss(theta, support);
        var (kept, intervention) = GuardedDescent.Run(model, theta, support, Rates(1e200), 50, double.MaxValue);
        Assert.Equal(0, kept);
        Assert.NotNull(intervention);
        Assert.Equal(before, model.Loss(theta, support));
        (kept, _) = GuardedDescent.Run(model, theta, support, Rates(50), 50, 0.25);
        Assert.True(model.Loss(theta, support) <= before);
        Assert.True(FlatVector.IsFinite<double>(theta));
    }

    [Fact]
    public void A_diverging_rate_is_never_chosen()
    {
        var result = GuardedAdaptation.Adapt(
            Model, new double[4], Rates(1e300), Patients(40, 3), Settings with { LargestStep = 1e300 });
        Assert.NotEqual(AdaptationChoice.FullSteps, result.Choice);
        Assert.True(FlatVector.IsFinite<double>(result.Theta));
    }

    [Fact]
    public void A_hospital_that_differs_in_prevalence_gets_its_intercept_and_nothing_else()
    {
        var result = GuardedAdaptation.Adapt(Model, new[] { 1.0, -1, 0.5, 0 }, Rates(0.1), Patients(80, 1.2), Settings);
        Assert.Equal(AdaptationChoice.InterceptRecalibration, result.Choice);
        Assert.Equal([1.0, -1, 0.5], result.Theta[..3]);
        Assert.InRange(result.Theta[3], 0.5, 2);
        Assert.Contains("intercept recalibration", result.Reason, StringComparison.Ordinal);
        Assert.Equal(4, result.Candidates.Length);
    }

    [Fact]
    public void A_hospital_where_the_weights_are_wrong_gets_full_steps()
    {
        var result = GuardedAdaptation.Adapt(
            Model, new[] { -1.0, 1, -0.5, 0 }, Rates(0.5), Patients(200, 0), Settings with { Steps = 30 });
        Assert.Equal(AdaptationChoice.FullSteps, result.Choice);
    }

    [Fact]
    public void The_choice_is_the_same_every_time()
    {
        var first = GuardedAdaptation.Adapt(Model, new double[4], Rates(0.1), Patients(30, 1), Settings);
        var second = GuardedAdaptation.Adapt(Model, new double[4], Rates(0.1), Patients(30, 1), Settings);
        Assert.Equal(first.Theta, second.Theta);
        Assert.Equal(first.Reason, second.Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void With_no_patient_to_hold_out_the_shared_model_stays(int patients)
    {
        double[] theta = [1, 2, 3, 4];
        var result = GuardedAdaptation.Adapt(Model, theta, Rates(0.1), Patients(patients, 0), Settings);
        Assert.Equal(theta, result.Theta);
        Assert.Equal(AdaptationChoice.None, result.Choice);
        Assert.Contains("the shared model is used as it is", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void A_handful_of_patients_can_move_the_intercept_at_most(int patients)
    {
        var result = GuardedAdaptation.Adapt(Model, new double[4], Rates(0.1), Patients(patients, 0), Settings);
        Assert.True(result.Choice is AdaptationChoice.None or AdaptationChoice.InterceptRecalibration);
        Assert.Contains("too few for gradient steps", result.Candidates[3].Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void Patients_of_one_class_move_the_intercept_but_never_the_weights()
    {
        var all = Patients(30, 0);
        var sick = new Batch<double>(all.Inputs, Ones(30), 30);
        var result = GuardedAdaptation.Adapt(Model, new double[4], Rates(0.1), sick, Settings);
        Assert.Equal([0.0, 0, 0], result.Theta[..3]);
        Assert.True(result.Theta[3] > 0);
        Assert.Contains("same outcome", result.Candidates[3].Remark, StringComparison.Ordinal);
        Assert.Contains("same outcome", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shared_model_that_is_not_finite_is_refused() => Assert.Throws<ArgumentException>(
        () => GuardedAdaptation.Adapt(Model, new[] { 0, double.NaN, 0, 0 }, Rates(0.1), Patients(10, 0), Settings));

    private static double[] Rates(double rate) => [rate, rate, rate, rate];

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        ones.AsSpan().Fill(1);
        return ones;
    }

    private static Batch<double> Patients(int count, double shift)
    {
        var generator = new SeededGenerator(7);
        var (x, y) = (new double[3 * count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < 3; j++) x[3 * i + j] = generator.NextNormal();
            var logit = x[3 * i] - x[3 * i + 1] + 0.5 * x[3 * i + 2] + shift;
            y[i] = generator.NextUnit() < ElementaryFunctions.Sigmoid(logit) ? 1 : 0;
        }

        return new Batch<double>(x, y, count);
    }
}
