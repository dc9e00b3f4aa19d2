namespace FedMeta.Privacy.Tests.Accounting;

/// <summary>Laws on the integers from -Reach to Reach, in logarithms, convolved and compared by plain sums.</summary>
internal sealed class IntegerLaw
{
    private const int Reach = 120;

    private readonly double[] _logs;

    private IntegerLaw(double[] logs) => _logs = logs;

    public static IntegerLaw DiscreteGaussian(double variance) =>
        Of(x => -(double)x * x / (2 * variance));

    public static IntegerLaw Of(Func<int, double> logWeight)
    {
        var logs = Enumerable.Range(-Reach, (2 * Reach) + 1).Select(logWeight).ToArray();
        var normaliser = LogSum(logs);
        return new IntegerLaw([.. logs.Select(log => log - normaliser)]);
    }

    public IntegerLaw Plus(IntegerLaw other) => new([.. Enumerable.Range(-Reach, (2 * Reach) + 1).Select(x => LogSum(
        [.. Enumerable.Range(-Reach, (2 * Reach) + 1).Where(y => Math.Abs(x - y) <= Reach)
            .Select(y => _logs[y + Reach] + other._logs[x - y + Reach])]))]);

    /// <summary>The largest |ln ratio| over |x| up to <paramref name="upTo"/>.</summary>
    public double LargestLogRatio(IntegerLaw other, double upTo) => Enumerable.Range(-Reach, (2 * Reach) + 1)
        .Where(x => Math.Abs(x) <= upTo).Max(x => Math.Abs(_logs[x + Reach] - other._logs[x + Reach]));

    public double Divergence(int shift, double order) => LogSum(
        [.. Enumerable.Range(-Reach + shift, (2 * Reach) + 1 - shift)
            .Select(x => (order * _logs[x + Reach]) + ((1 - order) * _logs[x - shift + Reach]))]) / (order - 1);

    private static double LogSum(double[] terms)
    {
        var largest = terms.Max();
        return largest + Math.Log(terms.Sum(term => Math.Exp(term - largest)));
    }
}
