namespace FedMeta.Learning;

/// <summary>
/// The logistic calibration of predictions (Cox 1958): y regressed on logit(p). A well calibrated model has intercept
/// 0 and slope 1; a slope below 1 says that predictions are too extreme.
/// </summary>
/// <param name="Intercept">Of the line; null where the fit does not exist (one class, constant p, perfect
/// separation).</param>
/// <param name="Slope">Of the line; null as the intercept.</param>
/// <param name="InTheLarge">The intercept where the slope is held at 1; null where one class is absent.</param>
public sealed record CalibrationLine(double? Intercept, double? Slope, double? InTheLarge)
{
    private const int MaxIterations = 100;
    private const double Diverged = 1e4;

    /// <summary>Fits by Newton's method.</summary>
    public static CalibrationLine Fit(ReadOnlySpan<double> p, ReadOnlySpan<double> y)
    {
        var line = FitLine(p, y);
        var offset = Newton(Logits(p), y, freeSlope: false);
        return new CalibrationLine(line?.Intercept, line?.Slope, offset?.Intercept);
    }

    /// <summary>Intercept and slope alone; null where they do not exist.</summary>
    internal static (double Intercept, double Slope)? FitLine(ReadOnlySpan<double> p, ReadOnlySpan<double> y)
    {
        Metrics.Check(p, y);
        return Newton(Logits(p), y, freeSlope: true);
    }

    private static double[] Logits(ReadOnlySpan<double> p)
    {
        var logits = new double[p.Length];
        for (var i = 0; i < p.Length; i++)
        {
            var kept = Math.Clamp(p[i], 1e-15, 1 - 1e-15);
            logits[i] = ElementaryFunctions.Log(kept) - ElementaryFunctions.LogOnePlus(-kept);
        }

        return logits;
    }

    private static (double Intercept, double Slope)? Newton(double[] x, ReadOnlySpan<double> y, bool freeSlope)
    {
        double a = 0, b = 1;
        for (var iteration = 0; iteration < MaxIterations; iteration++)
        {
            double ga = 0, gb = 0, haa = 0, hab = 0, hbb = 0;
            for (var i = 0; i < x.Length; i++)
            {
                var mean = ElementaryFunctions.Sigmoid(a + b * x[i]);
                var weight = mean * (1 - mean);
                ga += mean - y[i];
                gb += (mean - y[i]) * x[i];
                haa += weight;
                hab += weight * x[i];
                hbb += weight * x[i] * x[i];
            }

            var determinant = haa * hbb - hab * hab;
            double stepA, stepB = 0;
            if (freeSlope)
            {
                if (!(determinant > 1e-12 * haa * hbb)) return null;
                stepA = (hbb * ga - hab * gb) / determinant;
                stepB = (haa * gb - hab * ga) / determinant;
            }
            else
            {
                if (!(haa > 0)) return null;
                stepA = ga / haa;
            }

            a -= stepA;
            b -= stepB;
            if (!(Math.Abs(a) < Diverged && Math.Abs(b) < Diverged)) return null;
            if (Math.Abs(stepA) + Math.Abs(stepB) < 1e-13 * (1 + Math.Abs(a) + Math.Abs(b))) return Settled(a, b, x, y);
        }

        return Settled(a, b, x, y);
    }

    /// <summary>Null where the gradient says that the iteration only ran out of steps (separated classes).</summary>
    private static (double Intercept, double Slope)? Settled(double a, double b, double[] x, ReadOnlySpan<double> y)
    {
        double gradient = 0, curvature = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var mean = ElementaryFunctions.Sigmoid(a + b * x[i]);
            gradient += mean - y[i];
            curvature += mean * (1 - mean);
        }

        return Math.Abs(gradient) <= 1e-9 * x.Length && curvature > 1e-9 * x.Length ? (a, b) : null;
    }
}
