using FedMeta.Privacy.Tests.Sampling;
using FedMeta.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Privacy.Tests.Accounting;

public class ConversionTests
{
    private static readonly Arbitrary<(double Rho, double Delta)> Costs = (
        from rho in Gen.Choose(-80, 17)
        from delta in Gen.Choose(2, 12)
        select (Math.Pow(10, rho / 10.0), Math.Pow(10, -delta))).ToArbitrary();

    [SharedFact("oracles/dp/gaussian_eps.json")]
    public void Epsilon_of_composed_rounds_equals_the_reference()
    {
        foreach (var row in OracleFile.Rows("gaussian_eps.json"))
        {
            var (z, rounds, delta) = (row.Number("noise_multiplier"), row.Whole("rounds"), row.Number("delta"));
            var curve = Gaussians(z).Repeated(rounds);
            OracleFile.AssertClose(row.Number("eps_rdp"), curve.Epsilon(delta), 1e-9, $"{z} x {rounds}");
            Assert.Equal(row.Number("rdp_order"), curve.BestEpsilon(delta).Order);
            OracleFile.AssertClose(row.Number("eps_exact"), Gaussian.Epsilon(Math.Sqrt(rounds) / z, delta), 1e-9, "exact");
            OracleFile.AssertClose(row.Number("eps_zcdp_basic"),
                ZeroConcentratedDp.BasicEpsilon(rounds / (2 * z * z), delta), 1e-9, "basic");
        }
    }

    [SharedFact("oracles/dp/gaussian_delta.json")]
    public void Delta_equals_the_reference_also_where_it_underflows()
    {
        foreach (var row in OracleFile.Rows("gaussian_delta.json"))
        {
            var (mu, epsilon) = (1 / row.Number("sigma_over_sensitivity"), row.Number("eps"));
            OracleFile.AssertClose(row.Number("log_delta_exact"), Gaussian.LogDelta(mu, epsilon), 1e-9, "ln delta");
            OracleFile.AssertClose(row.Number("delta_rdp"), Gaussians(1 / mu).Delta(epsilon), 1e-9, "by orders");
        }
    }

    [SharedFact("oracles/dp/zcdp_conversion.json")]
    public void Conversions_of_rho_equal_the_reference()
    {
        foreach (var row in OracleFile.Rows("zcdp_conversion.json"))
        {
            var (rho, delta) = (row.Number("rho"), row.Number("delta"));
            OracleFile.AssertClose(row.Number("eps_improved"), ZeroConcentratedDp.Epsilon(rho, delta), 1e-9, "epsilon");
        }

        foreach (var row in OracleFile.Rows("zcdp_conversion.json", "rho_given_eps_delta"))
        {
            var largest = ZeroConcentratedDp.LargestRho(row.Number("eps"), row.Number("delta")).ToDouble();
            OracleFile.AssertClose(row.Number("rho"), largest, 1e-9, "rho");
        }
    }

    [Fact]
    public void Each_accountant_is_at_most_the_next_coarser_one() =>
        Prop.ForAll(Costs, cost =>
        {
            var exact = Gaussian.Epsilon(Math.Sqrt(2 * cost.Rho), cost.Delta);
            var zcdp = ZeroConcentratedDp.Epsilon(cost.Rho, cost.Delta);
            var curve = RenyiCurve.Of(RenyiOrders.Extended, order => order * cost.Rho);
            var basic = ZeroConcentratedDp.BasicEpsilon(cost.Rho, cost.Delta);
            Assert.True(exact <= zcdp * (1 + 1e-12), $"{cost}: exact {exact}, zCDP {zcdp}");
            Assert.True(curve.Epsilon(cost.Delta) <= basic * (1 + 1e-12), $"{cost}: orders, basic {basic}");
            Assert.True(zcdp <= basic && curve.BasicEpsilon(cost.Delta) >= curve.Epsilon(cost.Delta), $"{cost}");

            // The rule for epsilon = 0 knows more than any single order's formula.
            Assert.True(exact <= curve.Epsilon(cost.Delta) * (1 + 1e-12), $"{cost}: exact {exact}");
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Epsilon_and_delta_fall_when_the_other_rises_and_rise_with_the_cost() =>
        Prop.ForAll(Costs, cost =>
        {
            var curve = RenyiCurve.Of(RenyiOrders.Extended, order => order * cost.Rho);
            var twice = curve.Repeated(2);
            Assert.True(curve.Epsilon(cost.Delta) <= curve.Epsilon(cost.Delta / 10));
            Assert.True(curve.Epsilon(cost.Delta) <= twice.Epsilon(cost.Delta));
            var epsilon = curve.Epsilon(cost.Delta);
            Assert.True(curve.Delta(epsilon) >= curve.Delta(epsilon + 0.5));
            Assert.True(curve.Delta(epsilon) <= twice.Delta(epsilon));
            Assert.True(curve.Delta(epsilon) <= cost.Delta * (1 + 1e-9), "delta at epsilon comes back");
            Assert.True(curve.Delta(0) <= 1 && epsilon >= 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Composition_adds_at_every_order()
    {
        var a = Gaussians(2);
        var b = RenyiCurve.Of(RenyiOrders.Usual, order => RenyiDp.PoissonSubsampledGaussian(order, 0.1, 1));
        var mixed = a.Repeated(3).With(b).With(b);
        for (var j = 0; j < mixed.Orders.Count; j++)
            OracleFile.AssertClose((3 * a.Values[j]) + (2 * b.Values[j]), mixed.Values[j], 1e-14, $"{mixed.Orders[j]}");
        Assert.True(mixed.Epsilon(1e-5) <= a.Repeated(3).Epsilon(5e-6) + b.Repeated(2).Epsilon(5e-6));
        Assert.Throws<ArgumentException>(() => a.With(RenyiCurve.Of([2.0], o => o)));
    }

    [Fact]
    public void A_cost_of_next_to_nothing_gives_epsilon_zero_and_never_less()
    {
        Assert.Equal(0, RenyiCurve.Of(RenyiOrders.Extended, o => o * 1e-30).Epsilon(1e-5));
        Assert.Equal(0, RenyiCurve.Of(RenyiOrders.Usual, _ => 0).Epsilon(1e-12));
        Assert.Equal(0, ZeroConcentratedDp.Epsilon(0, 1e-5));
        Assert.Equal(0, ZeroConcentratedDp.Epsilon(1e-30, 0.5));
        Assert.Equal(0, Gaussian.Epsilon(1e-12, 0.01));

        // delta^2 > 1 - e^-R although every order's formula is positive: the rule of total variation decides.
        Assert.Equal(0, RenyiCurve.Of([2.0], _ => 1e-11).Epsilon(1e-5));
        Assert.True(RenyiCurve.Of([2.0], _ => 1e-9).Epsilon(1e-5) > 0);
    }

    [Fact]
    public void Orders_next_to_one_neither_help_nor_break()
    {
        // At a = 1 + 10^-15 the formula would be a quotient of rounding errors.
        double[] orders = [1 + 1e-15, 1 + 1e-9, 1.01, 2, 8, 32];
        var curve = RenyiCurve.Of(orders, order => order * 0.1);
        Assert.Equal(RenyiCurve.Of([2.0, 8.0, 32.0], order => order * 0.1).Epsilon(1e-5), curve.Epsilon(1e-5));
        Assert.True(double.IsPositiveInfinity(RenyiCurve.Of([1.005], order => order).Epsilon(1e-5)));
    }

    [Fact]
    public void An_order_without_a_bound_is_passed_over()
    {
        var curve = RenyiCurve.Of([2.0, 4.0], order => order > 3 ? double.PositiveInfinity : 0.5);
        Assert.Equal(2, curve.BestEpsilon(1e-5).Order);
        Assert.True(double.IsFinite(curve.Epsilon(1e-5)) && curve.Delta(1) < 1);
        var none = RenyiCurve.Of([2.0], _ => double.PositiveInfinity);
        Assert.Equal(double.PositiveInfinity, none.Epsilon(1e-5));
        Assert.Equal(1, none.Delta(3));
        Assert.Equal(1, none.BasicDelta(3));
    }

    [Fact]
    public void The_orders_reach_two_to_the_twenty_in_even_steps_of_their_logarithm()
    {
        Assert.Equal(1.1, RenyiOrders.Extended[0]);
        Assert.Equal(1 << 20, RenyiOrders.Extended[^1]);
        Assert.Equal(156, RenyiOrders.Usual.Count);
        var large = RenyiOrders.Extended.Where(order => order >= 64).ToList();
        for (var j = 1; j < large.Count; j++) Assert.InRange(Math.Log2(large[j] / large[j - 1]), 0.2, 0.3);

        // At rho = 10^-10 the usual grid ends where the best order begins.
        double At(IReadOnlyList<double> orders) => RenyiCurve.Of(orders, o => o * 1e-10).Epsilon(1e-6);
        Assert.True(At(RenyiOrders.Extended) < At(RenyiOrders.Usual) / 10);
        Assert.True(At(RenyiOrders.Extended) < 1.01 * ZeroConcentratedDp.Epsilon(1e-10, 1e-6));
    }

    [SharedFact("oracles/dp/heterogeneous_composition.json")]
    public void Mixed_schedules_lie_between_the_numerical_epsilon_and_the_reference_s_orders()
    {
        foreach (var row in OracleFile.Rows("heterogeneous_composition.json"))
        {
            var events = row.GetProperty("events").EnumerateArray().Select(e => e.EnumerateArray().ToArray()).ToList();
            if (events.Any(e => e[0].GetString() == "e")) continue;
            var curve = events
                .Select(e => e[0].GetString() == "g"
                    ? Gaussians(e[1].GetDouble()).Repeated(e[2].GetInt32())
                    : RenyiCurve.Of(RenyiOrders.Usual, o => RenyiDp.PoissonSubsampledGaussian(
                        o, e[1].GetDouble(), e[2].GetDouble())).Repeated(e[3].GetInt32()))
                .Aggregate((a, b) => a.With(b));
            var epsilon = curve.Epsilon(row.Number("delta"));
            Assert.InRange(epsilon, row.Number("eps_pld") - 2e-3, row.Number("eps_rdp") * (1 + 1e-9));
        }
    }

    private static RenyiCurve Gaussians(double z) =>
        RenyiCurve.Of(RenyiOrders.Usual, order => RenyiDp.Gaussian(order, z));
}
