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
    public void One_class_has_neither_area_nor_calibration()
    {
        double[] p = [0.2, 0.8, 0.6];
        double[] y = [1, 1, 1];
        Assert.Null(Metrics.Auroc(p, y));
        Assert.Equal(new CalibrationLine(null, null, null), CalibrationLine.Fit(p, y));
    }

    [Fact]
    public void A_prediction_that_is_no_number_has_no_rank() =>
        Assert.Null(Metrics.Auroc([0.2, double.NaN, 0.8], [0, 1, 1]));

    [Fact]
    public void Perfect_separation_has_no_calibration_line() =>
        Assert.Null(CalibrationLine.Fit([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1]).Slope);
}
