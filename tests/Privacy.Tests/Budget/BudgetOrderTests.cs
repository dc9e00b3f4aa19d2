namespace FedMeta.Privacy.Tests.Budget;

public class BudgetOrderTests
{
    public static TheoryData<double, double> Targets => new()
    {
        { 0.01, 1e-9 }, { 0.5, 1e-6 }, { 1, 1e-6 }, { 8, 1e-5 }, { 50, 1e-3 }, { 1000, 0.1 },
    };

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_best_order_proves_the_largest_limit_and_its_neighbours_less(double epsilon, double delta)
    {
        var best = BudgetOrder.Best(epsilon, delta);
        var limit = best.Limit(epsilon, delta);
        Assert.Equal(ZeroConcentratedDp.LargestRho(epsilon, delta), limit);
        foreach (var factor in new[] { 0.5, 0.9, 1.1, 2 })
        {
            var other = BudgetOrder.FromExcess(Math.Max(1, (long)(best.Excess * factor)));
            Assert.True(other.Limit(epsilon, delta) <= limit);
        }

        Assert.Equal(epsilon, best.Epsilon(limit, delta), epsilon * 1e-9);
        Assert.True(best.Epsilon(limit, delta) <= epsilon * (1 + 1e-12));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_tighter_policy_only_lowers_the_limit_at_an_order_that_was_fixed(double epsilon, double delta)
    {
        var order = BudgetOrder.Best(epsilon, delta);
        var limit = order.Limit(epsilon, delta);
        var (lessEpsilon, lessDelta) = (order.Limit(epsilon * 0.9, delta), order.Limit(epsilon, delta * 0.5));
        Assert.True(lessEpsilon < limit && lessDelta < limit);
        Assert.True(order.Limit(epsilon * 0.9, delta * 0.5) <= Smaller(lessEpsilon, lessDelta));
        Assert.Equal(Rho.Zero, order.Limit(double.Epsilon, delta));

        // What the books prove later, they also prove by the best order of the later policy.
        Assert.True(lessEpsilon <= ZeroConcentratedDp.LargestRho(epsilon * 0.9, delta));
    }

    [Fact]
    public void An_order_is_kept_as_a_whole_number_and_the_default_is_none()
    {
        Assert.Equal(BudgetOrder.Whole(2), BudgetOrder.FromExcess(1 << 20));
        Assert.Equal("1048576", BudgetOrder.Whole(2).ToString());
        Assert.Equal(2, BudgetOrder.Whole(2).ToDouble());
        Assert.Throws<ArgumentOutOfRangeException>(() => BudgetOrder.Whole(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BudgetOrder.FromExcess(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => BudgetOrder.FromExcess((1L << 44) + 1));
        Assert.Throws<InvalidOperationException>(() => default(BudgetOrder).Limit(1, 1e-6));
        Assert.Throws<InvalidOperationException>(() => default(BudgetOrder).Epsilon(Rho.Zero, 1e-6));
    }

    private static Rho Smaller(Rho left, Rho right) => left < right ? left : right;
}
