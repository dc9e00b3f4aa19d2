using Xunit;

namespace FedMeta.Learning.Tests.Evaluation;

public class EvaluatorTests
{
    private static readonly IModel<double> One =
        ManagedEngine.Instance.Build<double>(ModelSpec.FromStudy("logistic", 1, 1, []));

    [Fact]
    public void An_evaluation_names_its_counts()
    {
        var data = new Batch<double>(new double[] { -1, 0.5, 2, -3 }, new double[] { 0, 1, 1, 0 }, 4);
        var evaluation = Evaluator.Evaluate(One, [1, 0], data, 1);
        Assert.Equal(4, evaluation.Patients);
        Assert.Equal(2, evaluation.Positives);
        Assert.Equal(0.5, evaluation.Prevalence);
        Assert.Equal(1, evaluation.Auroc);
        Assert.Equal(1, evaluation.Accuracy);
        Assert.Equal(One.Loss([1, 0], data), evaluation.Loss);
    }

    [Fact]
    public void Every_figure_has_an_interval_that_holds_it_and_is_the_same_for_a_seed()
    {
        var data = Patients(3, 120, 0.5);
        var e = Evaluator.Evaluate(One, [1.5, 0], data, 5);
        Assert.Equal(e, Evaluator.Evaluate(One, [1.5, 0], data, 5) with { Undefined = e.Undefined });
        Assert.NotEqual(e.AurocInterval, Evaluator.Evaluate(One, [1.5, 0], data, 6).AurocInterval);
        Assert.Empty(e.Undefined);
        (double Value, Interval? Interval)[] all =
        [
            (e.Loss, e.LossInterval), (e.Auroc!.Value, e.AurocInterval), (e.Accuracy!.Value, e.AccuracyInterval),
            (e.Brier!.Value, e.BrierInterval), (e.Calibration!.Slope!.Value, e.CalibrationSlopeInterval),
            (e.Calibration.Intercept!.Value, e.CalibrationInterceptInterval),
        ];
        Assert.All(all, figure => Assert.True(figure.Interval!.Value.Contains(figure.Value)));
        Assert.All(all, figure => Assert.True(figure.Interval!.Value.High > figure.Interval.Value.Low));
        Assert.InRange(e.AurocInterval!.Value.High - e.AurocInterval.Value.Low, 0.05, 0.3);
    }

    [Fact]
    public void An_area_of_one_negative_patient_has_an_interval_because_resamples_keep_that_patient()
    {
        var data = new Batch<double>(
            new double[] { 3, 1, 2, 4, 5, 6, 2.5 }, new double[] { 0, 1, 1, 1, 1, 1, 1 }, 7);
        var e = Evaluator.Evaluate(One, [1, 0], data, 1);
        Assert.Equal(0.5, e.Auroc!.Value, 12);
        Assert.NotNull(e.AurocInterval);
    }

    [Theory]
    [InlineData(1, "all 12 patients have the outcome")]
    [InlineData(0, "none of 12 patients has the outcome")]
    public void Patients_of_one_outcome_get_the_reason_in_the_place_of_the_area(double label, string why)
    {
        var data = Patients(1, 12, 0);
        var y = new double[12];
        y.AsSpan().Fill(label);
        var e = Evaluator.Evaluate(One, [1, 0], new Batch<double>(data.Inputs, y, 12), 1);
        Assert.Null(e.Auroc);
        Assert.Null(e.AurocInterval);
        Assert.Null(e.Calibration!.Slope);
        Assert.Contains(why, e.Undefined.Single(u => u.Measure == Measure.Auroc).Why, StringComparison.Ordinal);
        Assert.NotNull(e.LossInterval);
        Assert.NotNull(e.AccuracyInterval);
    }

    [Fact]
    public void A_perfect_ranking_of_few_is_not_called_certain()
    {
        var data = new Batch<double>(new double[] { -1, -2, 1, 2 }, new double[] { 0, 0, 1, 1 }, 4);
        var e = Evaluator.Evaluate(One, [1, 0], data, 1);
        Assert.Equal(1, e.Auroc);
        Assert.Null(e.AurocInterval);
        var reason = e.Undefined.Single(u => u.Measure == Measure.Auroc);
        Assert.Contains("no interval", reason.Why, StringComparison.Ordinal);
        Assert.True(e.AccuracyInterval!.Value.Low < 0.6);
    }

    [Fact]
    public void Classes_and_survival_have_their_own_measures()
    {
        var softmax = ManagedEngine.Instance.Build<double>(ModelSpec.FromStudy("softmax", 1, 3, []));
        var labels = Enumerable.Range(0, 30).Select(i => (double)(i % 3)).ToArray();
        var inputs = Enumerable.Range(0, 30).Select(i => i % 3 + 0.37 * (i % 5)).ToArray();
        var e = Evaluator.Evaluate(softmax, [-1, 0, 1, 1, 0, -1], new Batch<double>(inputs, labels, 30), 1);
        Assert.NotNull(e.AurocInterval);
        Assert.Null(e.Brier);
        var two = Evaluator.Evaluate(
            softmax, new double[6], new Batch<double>(inputs, labels.Select(y => y % 2).ToArray(), 30), 1);
        Assert.Contains("1 of 3 classes are absent", two.Undefined.Single().Why, StringComparison.Ordinal);

        var cox = ManagedEngine.Instance.Build<double>(ModelSpec.FromStudy("cox", 1, 1, []));
        var y = Enumerable.Range(0, 30).SelectMany(i => new double[] { 40 - i + 3 * (i % 4), i % 2 }).ToArray();
        var s = Evaluator.Evaluate(cox, [0.5, 0], new Batch<double>(inputs, y, 30), 1);
        Assert.Equal(15, s.Positives);
        Assert.True(s.Concordance!.Comparable > 0);
        Assert.True(s.ConcordanceInterval!.Value.Contains(s.Concordance.Value!.Value));
        for (var i = 1; i < 60; i += 2) y[i] = 0;
        var none = Evaluator.Evaluate(cox, [0.5, 0], new Batch<double>(inputs, y, 30), 1);
        Assert.Null(none.Concordance!.Value);
        Assert.Equal(Measure.Concordance, none.Undefined.Single().Measure);
    }

    [Fact]
    public void The_interval_of_a_share_is_Wilson_s()
    {
        // 15 of 16: 0.717 to 0.989 (Newcombe 1998, method 3, computed by hand).
        var interval = Interval.Wilson(15 / 16.0, 16);
        Assert.Equal(0.7167, interval.Low, 4);
        Assert.Equal(0.9889, interval.High, 4);
        Assert.Equal(1, Interval.Wilson(1, 16).High, 12);
        Assert.True(Interval.Wilson(1, 16).Low < 0.82);
    }

    private static Batch<double> Patients(ulong seed, int count, double shift)
    {
        var generator = new SeededGenerator(seed);
        var (x, y) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            x[i] = generator.NextNormal();
            y[i] = generator.NextUnit() < ElementaryFunctions.Sigmoid(1.5 * x[i] + shift) ? 1 : 0;
        }

        return new Batch<double>(x, y, count);
    }
}
