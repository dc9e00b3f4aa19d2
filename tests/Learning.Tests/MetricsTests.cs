using Xunit;

namespace FedMeta.Learning.Tests;

public class MetricsTests
{
    [Fact]
    public void Bins_are_closed_on_the_right()
    {
        // 0.02 and 0.1 share the first bin: one gap of |0.12 - 1| / 2, not two of 0.02 and 0.9.
        var (expected, maximum) = Metrics.CalibrationError([0.02, 0.1], [0, 1]);
        Assert.Equal(0.44, expected, 12);
        Assert.Equal(0.44, maximum, 12);
        for (var tenth = 1; tenth <= 9; tenth++)
        {
            var edge = tenth / 10.0;
            var (_, apart) = Metrics.CalibrationError([edge, edge + 0.05], [0, 1]);
            Assert.Equal(Math.Max(edge, 0.95 - edge), apart, 12);
        }
    }

    [Fact]
    public void A_bootstrap_interval_is_the_same_for_a_seed_and_surrounds_the_value()
    {
        var generator = new SeededGenerator(1);
        var (p, y) = (new double[100], new double[100]);
        for (var i = 0; i < 100; i++)
        {
            p[i] = generator.NextUnit();
            y[i] = generator.NextUnit() < p[i] ? 1 : 0;
        }

        var interval = Bootstrap.Percentile(Metrics.Auroc, p, y, 5)!.Value;
        var value = Metrics.Auroc(p, y)!.Value;
        Assert.InRange(value, interval.Low, interval.High);
        Assert.InRange(interval.High - interval.Low, 0.05, 0.3);
        Assert.Equal(interval, Bootstrap.Percentile(Metrics.Auroc, p, y, 5));
        Assert.NotEqual(interval, Bootstrap.Percentile(Metrics.Auroc, p, y, 6));
    }

    [Fact]
    public void One_class_has_neither_area_nor_interval_nor_calibration()
    {
        double[] p = [0.2, 0.8, 0.6];
        double[] y = [1, 1, 1];
        Assert.Null(Metrics.Auroc(p, y));
        Assert.Null(Bootstrap.Percentile(Metrics.Auroc, p, y, 1));
        Assert.Equal(new CalibrationLine(null, null, null), CalibrationLine.Fit(p, y));
    }

    [Fact]
    public void Perfect_separation_has_no_calibration_line() =>
        Assert.Null(CalibrationLine.Fit([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]).Slope);

    [Fact]
    public void An_evaluation_names_its_counts()
    {
        var model = ManagedEngine.Instance.Build<double>(ModelSpec.FromStudy("logistic", 1, 1, []));
        var data = new Batch<double>(new double[] { -1, 0.5, 2, -3 }, new double[] { 0, 1, 1, 0 }, 4);
        var evaluation = Evaluator.Evaluate(model, new double[] { 1, 0 }, data, 1);
        Assert.Equal(4, evaluation.Patients);
        Assert.Equal(2, evaluation.Positives);
        Assert.Equal(0.5, evaluation.Prevalence);
        Assert.Equal(1, evaluation.Auroc);
        Assert.Equal(1, evaluation.Accuracy);
        Assert.Equal(model.Loss(new double[] { 1, 0 }, data), evaluation.Loss);
    }
}
