namespace FedMeta.Privacy.Tests.Accounting.PrivacyLoss;

public class ComposedLossTests
{
    private const double Interval = 0.25;

    [Theory]
    [InlineData(3, 0, 1)]
    [InlineData(7, 0, 0.5)]
    [InlineData(7, 0, 1.5)]
    [InlineData(4, 3, 1)]
    [InlineData(6, 2, 0)]
    public void It_is_the_convolution_and_never_below_it(int times, int others, double tilt)
    {
        var one = new LossMass(Interval, -3, [0.1, 0.2, 0, 0.3, 0.1, 0.2, 0.06, 0.03, 1e-9], 1e-12);
        var other = new LossMass(Interval, -1, [0.6, 0.1, 0.3], 0);
        List<(LossMass, long)> parts = [(one, times)];
        if (others > 0) parts.Add((other, others));
        var search = new TiltSearch(parts.ConvertAll(part => (part.Item1.Coarse, part.Item2)));
        var (low, mass) = Convolved(parts);
        var infinity = 1 - Math.Pow(1 - 1e-12, times);
        for (var epsilon = -4.0; epsilon < 7; epsilon += 0.21)
        {
            var composed = ComposedLoss.Of(parts, tilt * search.ForEpsilon(epsilon), search);
            var delta = infinity;
            for (var i = mass.Length - 1; i >= 0 && (low + i) * Interval > epsilon; i--)
                delta += mass[i] * -RealFunctions.ExpM1(epsilon - ((low + i) * Interval));
            var rounding = tilt == 0 ? 1e-12 : 1e-14;
            Assert.InRange(composed.Delta(epsilon), delta * (1 - 1e-12), (delta * (1 + 1e-10)) + rounding);
        }
    }

    [Fact]
    public void A_tilt_towards_the_question_keeps_the_digits_of_tiny_deltas()
    {
        // Sixty coins that show 1 with probability 10^-3: the largest sum has probability 10^-180.
        var coin = new LossMass(Interval, 0, [0.999, 0, 0, 0, 0.001], 0);
        List<(LossMass, long)> parts = [(coin, 60)];
        var search = new TiltSearch([(coin.Coarse, 60)]);
        var composed = ComposedLoss.Of(parts, search.ForEpsilon(30), search);
        var exact = 0.0;
        for (var k = 31; k <= 60; k++)
            exact += Binomial(60, k) * Math.Pow(0.001, k) * Math.Pow(0.999, 60 - k) * (1 - Math.Exp(30 - k));
        Assert.InRange(exact, 1e-78, 1e-74);
        Assert.InRange(composed.Delta(30), exact * (1 - 1e-12), exact * (1 + 1e-8));
    }

    [Fact]
    public void A_window_that_cuts_the_top_off_counts_what_it_cut()
    {
        var skewed = new double[41];
        for (var i = 0; i < skewed.Length; i++) skewed[i] = Math.Exp(-0.05 * i) / 18;
        var loss = new LossMass(1e-2, -5, skewed, 0);
        List<(LossMass, long)> parts = [(loss, 400)];
        var search = new TiltSearch([(loss.Coarse, 400)]);
        var window = LossWindow.Of(parts, search, 0);
        var (low, mass) = Convolved(parts);
        var above = mass.Skip((int)(window.Low + window.Count - low)).Sum();
        Assert.True(window.Count < mass.Length && window.LogAbove > double.NegativeInfinity);
        Assert.InRange(above, 0, Math.Exp(window.LogAbove));
        Assert.InRange(Math.Exp(window.LogAbove), 0, 1e-12);
    }

    private static double Binomial(int n, int k)
    {
        var value = 1.0;
        for (var i = 1; i <= k; i++) value *= (n - k + i) / (double)i;
        return value;
    }

    /// <summary>By the definition, term by term.</summary>
    private static (long Low, double[] Mass) Convolved(List<(LossMass Loss, long Times)> parts)
    {
        long low = 0;
        double[] sum = [1];
        foreach (var (loss, times) in parts)
        {
            for (var t = 0; t < times; t++)
            {
                var next = new double[sum.Length + loss.Mass.Length - 1];
                for (var i = 0; i < sum.Length; i++)
                {
                    for (var j = 0; j < loss.Mass.Length; j++) next[i + j] += sum[i] * loss.Mass[j];
                }

                (sum, low) = (next, low + loss.Low);
            }
        }

        return (low, sum);
    }
}
