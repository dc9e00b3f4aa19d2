using System.Numerics;

namespace FedMeta.Privacy.Tests.Mechanism;

public class PoissonAmplificationTests
{
    private static readonly int[] Rates = [1, 1000, 10_000, 50_000, 333_333, 900_000, 999_999];
    private static readonly double[] Rhos = [1e-9, 1e-6, 1e-4, 0.01, 0.03125, 0.5, 3];

    [Fact]
    public void The_cost_is_the_sampled_gaussian_s_and_at_most_zhu_and_wang_s()
    {
        foreach (var (millionths, rho) in Rates.SelectMany(rate => Rhos.Select(rho => (rate, rho))))
        {
            var rate = SamplingRate.FromMillionths(millionths);
            var whole = Rho.Floor(rho);
            var cost = new PoissonAmplification(rate, whole);
            foreach (var order in new[] { 2, 3, 5, 17, 64, 256, 1000 })
            {
                if (order * (order - 1) * rho > 2500) continue;
                var ours = cost.Cost(order).ToDouble();
                var gaussian = RenyiDp.PoissonSubsampledGaussian(
                    order, rate.ToDouble(), 1 / Math.Sqrt(2 * whole.ToDouble())) / order;
                var zhuWang = RenyiDp.PoissonSubsampled(order, rate.ToDouble(), k => k * rho) / order;

                // One unit of 2^-64 is what rounding up may add; the rest is the references' own rounding: the second
                // one takes the logarithm of a sum near 1.
                Assert.InRange(ours, gaussian * (1 - 1e-9), (gaussian * (1 + 1e-9)) + Math.ScaleB(1, -63));
                Assert.True(ours <= (zhuWang * (1 + 1e-9)) + 1e-15);
                Assert.True(cost.Cost(order) <= whole);
            }
        }
    }

    /// <summary>One coordinate, the noise's law summed term by term: both directions, not only the one that the
    /// binomial sum expands.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(4, 3)]
    [InlineData(100, 7)]
    [InlineData(256, 40)]
    public void The_exact_divergences_of_sampled_discrete_noise_stay_below_the_cost_in_both_directions(
        int variance, int shift)
    {
        var law = new double[40 + (shift * 2) + (variance < 50 ? 80 : 40 * (int)Math.Sqrt(variance))];
        var centre = law.Length / 2;
        var total = 0.0;
        for (var j = 0; j < law.Length; j++) total += Math.Exp(-(j - centre) * (j - centre) / (2.0 * variance));
        double LogLaw(int j) => (-(double)(j - centre) * (j - centre) / (2.0 * variance)) - Math.Log(total);

        foreach (var millionths in Rates)
        {
            var q = millionths / 1e6;
            var cost = new PoissonAmplification(
                SamplingRate.FromMillionths(millionths), Rho.Ceiling(shift * shift, 2 * variance));
            foreach (var order in new[] { 2, 3, 6, 12 })
            {
                var (forth, back) = (double.NegativeInfinity, double.NegativeInfinity);
                for (var j = 0; j < law.Length; j++)
                {
                    var without = LogLaw(j);
                    var with = LogLaw(j - shift);
                    var mixture = RealFunctions.LogAdd(RealFunctions.Log1P(-q) + without, Math.Log(q) + with);
                    forth = RealFunctions.LogAdd(forth, (order * mixture) + ((1 - order) * without));
                    back = RealFunctions.LogAdd(back, (order * without) + ((1 - order) * mixture));
                }

                var bound = cost.Cost(order).ToDouble() * order * (order - 1);
                Assert.InRange(forth, -1e-12, bound + 1e-12);
                Assert.InRange(back, -1e-12, forth + 1e-12);
            }
        }
    }

    [Fact]
    public void A_cost_grows_with_the_rate_the_noise_and_the_order_and_between_whole_orders_is_a_chord()
    {
        Rho Cost(int rate, double rho, double order) =>
            new PoissonAmplification(SamplingRate.FromMillionths(rate), Rho.Floor(rho))
                .Cost(BudgetOrder.FromExcess((long)((order - 1) * (1 << 20))));

        Assert.True(Cost(1000, 0.1, 5) < Cost(1001, 0.1, 5));
        Assert.True(Cost(1000, 0.1, 5) < Cost(1000, 0.10001, 5));
        Assert.True(Cost(1000, 0.1, 5) < Cost(1000, 0.1, 6));
        var (five, six) = (Cost(1000, 0.1, 5).ToDouble() * 20, Cost(1000, 0.1, 6).ToDouble() * 30);
        var half = Cost(1000, 0.1, 5.5).ToDouble() * 5.5 * 4.5;
        Assert.Equal((five + six) / 2, half, 1e-15);
        Assert.Equal(Rho.Floor(0.1), Cost(1_000_000, 0.1, 5.5));
    }

    [Fact]
    public void Beyond_what_a_sum_can_hold_a_round_is_charged_in_full()
    {
        var cost = new PoissonAmplification(SamplingRate.FromMillionths(1), Rho.Floor(1));
        Assert.True(cost.Cost(50) < Rho.Floor(1));
        Assert.Equal(Rho.Floor(1), cost.Cost(51));
        Assert.Equal(
            Rho.Floor(1e6), new PoissonAmplification(SamplingRate.FromMillionths(1), Rho.Floor(1e6)).Cost(2));
    }

    [Fact]
    public void The_exponential_is_never_below_the_truth_and_hardly_above()
    {
        var one = BigInteger.One << FixedPointExponential.FractionBits;
        Assert.Equal(one, FixedPointExponential.Up(BigInteger.Zero));
        BigInteger[] arguments =
            [1, 12345, one >> 64, one >> 9, (one >> 8) + 1, one / 3, one, (7 * one) + 1, 2500 * one];
        foreach (var x in arguments)
        {
            // The logarithm is off by less than 2^-160.
            var back = FixedPointLogarithm.Of(FixedPointExponential.Up(x), one);
            Assert.InRange(back - x, -(BigInteger.One << 32), BigInteger.One << 33);
        }

        // e to 50 digits, from its series.
        var e = BigInteger.Parse("271828182845904523536028747135266249775724709369995");
        var ours = FixedPointExponential.Up(one) * BigInteger.Pow(10, 50) / one;
        Assert.InRange(ours - e, 0, 1000);
    }
}
