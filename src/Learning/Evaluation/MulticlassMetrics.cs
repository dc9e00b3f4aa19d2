namespace FedMeta.Learning;

/// <summary>Measures of class probabilities [n, classes] against class indices.</summary>
public static class MulticlassMetrics
{
    /// <summary>Share of records whose most probable class (the first of equals) is right.</summary>
    public static double Accuracy(ReadOnlySpan<double> p, int classes, ReadOnlySpan<double> y)
    {
        var (_, right) = TopLabel(p, classes, y);
        return right.Average();
    }

    /// <summary>Calibration error of the most probable class.</summary>
    public static (double Expected, double Maximum) CalibrationError(
        ReadOnlySpan<double> p, int classes, ReadOnlySpan<double> y)
    {
        var (confidence, right) = TopLabel(p, classes, y);
        return Metrics.CalibrationError(confidence, right);
    }

    /// <summary>The bins of <see cref="CalibrationError"/> that hold records.</summary>
    public static IReadOnlyList<ReliabilityBin> Reliability(
        ReadOnlySpan<double> p, int classes, ReadOnlySpan<double> y)
    {
        var (confidence, right) = TopLabel(p, classes, y);
        return Metrics.Reliability(confidence, right);
    }

    /// <summary>Mean over classes of the AUROC of one class against the rest; null where a class is absent.</summary>
    public static double? MacroAuroc(ReadOnlySpan<double> p, int classes, ReadOnlySpan<double> y)
    {
        var (column, label) = (new double[y.Length], new double[y.Length]);
        double sum = 0;
        for (var c = 0; c < classes; c++)
        {
            for (var i = 0; i < y.Length; i++)
            {
                column[i] = p[i * classes + c];
                label[i] = y[i] == c ? 1 : 0;
            }

            if (Metrics.Auroc(column, label) is not { } area) return null;
            sum += area;
        }

        return sum / classes;
    }

    /// <summary>Mean negative log-probability of the right class; probabilities are kept above 1e-15.</summary>
    public static double LogLoss(ReadOnlySpan<double> p, int classes, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (var i = 0; i < y.Length; i++) sum -= ElementaryFunctions.Log(Math.Max(p[i * classes + (int)y[i]], 1e-15));
        return sum / y.Length;
    }

    private static (double[] Confidence, double[] Right) TopLabel(
        ReadOnlySpan<double> p, int classes, ReadOnlySpan<double> y)
    {
        if (y.IsEmpty) throw new ArgumentException("a measure of no patients is undefined");
        FlatVector.RequireSameLength(y.Length * classes, p.Length);
        var (confidence, right) = (new double[y.Length], new double[y.Length]);
        for (var i = 0; i < y.Length; i++)
        {
            var row = p.Slice(i * classes, classes);
            var top = 0;
            for (var c = 1; c < classes; c++)
                if (row[c] > row[top]) top = c;
            confidence[i] = row[top];
            right[i] = y[i] == top ? 1 : 0;
        }

        return (confidence, right);
    }
}
