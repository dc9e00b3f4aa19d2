namespace FedMeta.Learning;

/// <summary>
/// Measures of binary predictions. <c>p</c> are probabilities, <c>y</c> labels 0 or 1, of equal length 1 or more. A
/// measure that the data do not define is null, never a convenient number.
/// </summary>
public static class Metrics
{
    private const double SmallestProbability = 1e-15;

    /// <summary>
    /// Area under the ROC curve (Mann and Whitney), ties counted half; null where one class is absent, or where a score
    /// is no number and so has no rank. Any increasing score will do in place of p.
    /// </summary>
    public static double? Auroc(ReadOnlySpan<double> p, ReadOnlySpan<double> y)
    {
        Check(p, y);
        foreach (var score in p)
            if (double.IsNaN(score)) return null;
        var order = Ascending(p);
        double rankSum = 0;
        long positives = 0;
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            long among = 0;
            for (; end < order.Length && p[order[end]] == p[order[start]]; end++)
                if (y[order[end]] > 0) among++;
            rankSum += among * (start + end + 1) / 2.0; // the mean of ranks start + 1 .. end
            positives += among;
            start = end;
        }

        var negatives = order.Length - positives;
        if (positives == 0 || negatives == 0) return null;
        return (rankSum - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }

    /// <summary>Average precision over distinct thresholds; null without a positive.</summary>
    public static double? AveragePrecision(ReadOnlySpan<double> p, ReadOnlySpan<double> y)
    {
        Check(p, y);
        var order = Ascending(p);
        Array.Reverse(order);
        double sum = 0;
        int found = 0, before = 0;
        for (var i = 0; i < order.Length; i++)
        {
            if (y[order[i]] > 0) found++;
            if (i + 1 < order.Length && p[order[i + 1]] == p[order[i]]) continue;
            sum += (found - before) * ((double)found / (i + 1));
            before = found;
        }

        return found == 0 ? null : sum / found;
    }

    /// <summary>Mean of (p - y)².</summary>
    public static double Brier(ReadOnlySpan<double> p, ReadOnlySpan<double> y)
    {
        Check(p, y);
        double sum = 0;
        for (var i = 0; i < p.Length; i++) sum += (p[i] - y[i]) * (p[i] - y[i]);
        return sum / p.Length;
    }

    /// <summary>Mean negative log-likelihood; probabilities are kept 1e-15 away from 0 and 1.</summary>
    public static double LogLoss(ReadOnlySpan<double> p, ReadOnlySpan<double> y)
    {
        Check(p, y);
        double sum = 0;
        for (var i = 0; i < p.Length; i++)
        {
            var kept = Math.Clamp(p[i], SmallestProbability, 1 - SmallestProbability);
            sum -= y[i] > 0 ? ElementaryFunctions.Log(kept) : ElementaryFunctions.LogOnePlus(-kept);
        }

        return sum / p.Length;
    }

    /// <summary>Share of patients on the right side of 0.5; exactly 0.5 counts as "no".</summary>
    public static double Accuracy(ReadOnlySpan<double> p, ReadOnlySpan<double> y)
    {
        Check(p, y);
        var right = 0;
        for (var i = 0; i < p.Length; i++)
            if (p[i] > 0.5 == y[i] > 0) right++;
        return (double)right / p.Length;
    }

    /// <summary>
    /// Expected and maximum calibration error over bins of equal width, each closed on the right (0 is in the first).
    /// </summary>
    public static (double Expected, double Maximum) CalibrationError(
        ReadOnlySpan<double> p, ReadOnlySpan<double> y, int bins = 10)
    {
        double expected = 0, maximum = 0;
        foreach (var bin in Reliability(p, y, bins))
        {
            var gap = Math.Abs(bin.Predicted - bin.Observed);
            expected += gap * bin.Patients / p.Length;
            maximum = Math.Max(maximum, gap);
        }

        return (expected, maximum);
    }

    /// <summary>The bins of <see cref="CalibrationError"/> that hold patients, rising.</summary>
    public static IReadOnlyList<ReliabilityBin> Reliability(
        ReadOnlySpan<double> p, ReadOnlySpan<double> y, int bins = 10)
    {
        Check(p, y);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        var (count, predicted, observed) = (new int[bins], new double[bins], new double[bins]);
        for (var i = 0; i < p.Length; i++)
        {
            var bin = Math.Clamp((int)Math.Ceiling(p[i] * bins) - 1, 0, bins - 1);
            if (bin > 0 && p[i] <= (double)bin / bins) bin--; // the product was rounded up over the edge
            count[bin]++;
            predicted[bin] += p[i];
            observed[bin] += y[i];
        }

        var filled = new List<ReliabilityBin>();
        for (var bin = 0; bin < bins; bin++)
        {
            if (count[bin] == 0) continue;
            filled.Add(new ReliabilityBin((double)bin / bins, (bin + 1.0) / bins, count[bin],
                predicted[bin] / count[bin], observed[bin] / count[bin]));
        }

        return filled;
    }

    internal static void Check(ReadOnlySpan<double> p, ReadOnlySpan<double> y)
    {
        FlatVector.RequireSameLength(p.Length, y.Length);
        if (p.IsEmpty) throw new ArgumentException("a measure of no patients is undefined");
    }

    private static int[] Ascending(ReadOnlySpan<double> p)
    {
        var keys = p.ToArray();
        var order = new int[keys.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(keys, order);
        return order;
    }
}
