namespace FedMeta.SecureAgg.Tests;

public class RingBudgetTests
{
    [Theory]
    [InlineData(16, 32767, 0.0, 20)]
    [InlineData(100, 32767, 0.0, 23)]
    [InlineData(1, 0, 0.0, 8)]
    [InlineData(16, 32767, 2.0, 20)]
    [InlineData(16, 32767, 2.1, 21)]
    [InlineData(16, 32767, 5000.0, 21)]
    public void The_narrowest_ring_holds_the_inputs_and_eight_deviations(int n, long bound, double sigma, int bits)
    {
        Assert.Equal(bits, RingBudget.NarrowestRing(n, bound, sigma));
        Assert.True(RingBudget.Fits(n, bound, sigma, bits));
        if (bits > 8) Assert.False(RingBudget.Fits(n, bound, sigma, bits - 1));
    }

    [Fact]
    public void The_budget_is_exact_at_its_edge()
    {
        // 4 (2 * 31 + 1) = 252; 8 * 0.5 = 4; together 2^8.
        Assert.Equal(256, RingBudget.Required(4, 31, 0.5));
        Assert.True(RingBudget.Fits(4, 31, 0.5, 8));
        Assert.False(RingBudget.Fits(4, 31, 0.51, 8));
    }

    [Fact]
    public void No_ring_holds_what_is_too_large()
    {
        Assert.Null(RingBudget.NarrowestRing(256, long.MaxValue, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingBudget.Required(0, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingBudget.Required(1, -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingBudget.Required(1, 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => RingBudget.Required(1, 1, -1));
    }
}
