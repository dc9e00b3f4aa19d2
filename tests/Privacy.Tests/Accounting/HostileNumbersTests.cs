using System.Runtime.CompilerServices;

namespace FedMeta.Privacy.Tests.Accounting;

/// <summary>
/// Accountants decide whether data may leave. Whatever numbers they are given they refuse, or answer with a bound: a
/// number that is not negative, or infinity. Never "not a number", never less than nothing, never without end.
/// </summary>
public class HostileNumbersTests
{
    private static readonly double[] Numbers =
    [
        double.NaN, double.NegativeInfinity, double.PositiveInfinity, double.MinValue, double.MaxValue, -1,
        -double.Epsilon, 0, double.Epsilon, 1e-300, 1e-155, 1e-20, 0.003, 0.5, 1 - 1e-16, 1, Math.BitIncrement(1),
        1 + 1e-9, 1.5, 2, 2.5,
        257.5, 1e4, (1 << 21) + 0.5, 1L << 53, 1e155, 1e300,
    ];

    private static readonly int[] Whole = [int.MinValue, -1, 0, 1, 2, 3, 257, 600, int.MaxValue];

    [Fact]
    public void Divergences_of_Gaussian_noise_are_bounds_or_refused() =>
        ForPairs((order, noise) =>
        {
            Bound(() => RenyiDp.Gaussian(order, noise));
            Bound(() => RenyiDp.PureDp(order, noise));
            foreach (var rate in new[] { double.NaN, -0.1, 0, double.Epsilon, 1e-9, 0.5, 1 - 1e-16, 1, 1.1 })
            {
                Bound(() => RenyiDp.PoissonSubsampledGaussian(order, rate, noise));
                Bound(() => RenyiDp.PoissonSubsampledGaussianReverse(order, rate, noise));
                Bound(() => RenyiDp.FixedSizeSubsampledGaussian(order, rate, noise));
            }
        });

    [Fact]
    public void Divergences_of_shares_and_of_Skellam_noise_are_bounds_or_refused() =>
        ForPairs((first, second) =>
        {
            foreach (var whole in Whole)
            {
                Bound(() => Skellam.Rdp(whole, first, second, second));
                Bound(() => RenyiDp.PoissonSubsampled(Math.Min(whole, 600), 0.1, _ => first));
                if (whole > 600) continue;
                Bound(() => DistributedDiscreteGaussian.Rdp(first, whole, second, 3, 4, 16));
                Bound(() => DistributedDiscreteGaussian.Rdp(8, 3, first, second, 4, whole));
                Bound(() => DistributedDiscreteGaussian.Rdp(8, [first, second], 3, second, whole));
            }
        });

    [Fact]
    public void Conversions_are_bounds_or_refused_and_a_delta_is_a_probability() =>
        ForPairs((cost, other) =>
        {
            Bound(() => ZeroConcentratedDp.Epsilon(cost, other));
            Bound(() => ZeroConcentratedDp.BasicEpsilon(cost, other));
            Bound(() => Gaussian.Epsilon(cost, other));
            Bound(() => Gaussian.Compose([cost, other]));
            Bound(() => RenyiCurve.Of(RenyiOrders.Extended, order => cost * order).Epsilon(other));
            Bound(() => RenyiCurve.Of(RenyiOrders.Usual, _ => cost).BasicEpsilon(other));
            Probability(() => ZeroConcentratedDp.Delta(cost, other));
            Probability(() => ZeroConcentratedDp.BasicDelta(cost, other));
            Probability(() => Gaussian.Delta(cost, other));
            Probability(() => RenyiCurve.Of(RenyiOrders.Extended, order => cost * order).Delta(other));
            Probability(() => RenyiCurve.Of(RenyiOrders.Usual, _ => cost).BasicDelta(other));
            Probability(() => DiscreteGaussianLaw.Delta(Math.Min(cost, 1e6), 3, other));
        });

    [Fact]
    public void Orders_are_finite_and_above_one_and_divergences_are_numbers()
    {
        foreach (var order in Numbers.Where(order => !(order > 1) || !double.IsFinite(order)))
            Assert.Throws<ArgumentException>(() => RenyiCurve.Of([2, order], _ => 1));
        Assert.Throws<ArgumentException>(() => RenyiCurve.Of([], _ => 1));
        Assert.Throws<ArgumentException>(() => RenyiCurve.Of([2], _ => double.NaN));
        Assert.Throws<ArgumentException>(() => RenyiCurve.Of([2], _ => -1e-12));
        Assert.Throws<ArgumentOutOfRangeException>(() => RenyiCurve.Of([2], _ => 1).Repeated(-1));
        Assert.Equal(
            double.PositiveInfinity, RenyiCurve.Of([2], _ => 1e300).Repeated(int.MaxValue).Epsilon(1e-5));
    }

    private static void ForPairs(Action<double, double> check)
    {
        foreach (var first in Numbers)
        {
            foreach (var second in Numbers)
            {
                var failure = Record.Exception(() => check(first, second));
                Assert.True(failure is null, $"numbers {first:R}, {second:R}: {failure?.Message}");
            }
        }
    }

    private static void Bound(Func<double> accountant, [CallerArgumentExpression(nameof(accountant))] string what = "")
    {
        if (Answer(accountant) is { } value) Assert.True(value >= 0, $"{what}: {value}");
    }

    private static void Probability(
        Func<double> accountant, [CallerArgumentExpression(nameof(accountant))] string what = "")
    {
        if (Answer(accountant) is { } value) Assert.True(value is >= 0 and <= 1, $"{what}: {value}");
    }

    private static double? Answer(Func<double> accountant)
    {
        try
        {
            return accountant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
