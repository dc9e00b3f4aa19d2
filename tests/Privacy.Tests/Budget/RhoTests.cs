using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Privacy.Tests.Budget;

public class RhoTests
{
    private static readonly Arbitrary<PositiveInt> Positive = ArbMap.Default.ArbFor<PositiveInt>();

    [Fact]
    public void Costs_round_up_and_grants_round_down() =>
        Prop.ForAll(Positive, Positive, (numerator, denominator) =>
        {
            var cost = Rho.Ceiling(numerator.Get, denominator.Get);
            var scaled = (BigInteger)numerator.Get << 64;
            Assert.True(cost.Units * denominator.Get >= scaled);
            Assert.True((cost.Units - 1) * denominator.Get < scaled);
            var value = (double)numerator.Get / denominator.Get;
            var (exact, power) = ExactArithmetic.Fraction(value);
            Assert.True(Rho.Floor(value).Units * power <= exact << 64);
            Assert.True((Rho.Floor(value).Units + 1) * power > exact << 64);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_positive_cost_is_never_nothing()
    {
        Assert.Equal(BigInteger.One, Rho.Ceiling(1, BigInteger.Pow(10, 300)).Units);
        Assert.Equal(Rho.Zero, Rho.Floor(double.Epsilon));
    }

    [Fact]
    public void The_text_of_a_cost_is_exact_and_the_only_one()
    {
        var rho = Rho.FromUnits(BigInteger.Pow(7, 50));
        Assert.True(Rho.TryParse(rho.ToString(), out var read));
        Assert.Equal(rho, read);
        foreach (var text in new[] { null, "", "-1", "+1", "01", " 1", "1.0", "1e3", new string('9', 65), "٣" })
            Assert.False(Rho.TryParse(text, out _));
    }

    [Fact]
    public void The_floating_point_value_is_never_below_the_cost()
    {
        for (var bits = 1; bits < 200; bits += 7)
        {
            var units = (BigInteger.One << bits) + 1;
            var (numerator, denominator) = ExactArithmetic.Fraction(Rho.FromUnits(units).ToDouble());
            Assert.True((numerator << 64) >= units * denominator);
        }

        Assert.Equal(0.5, Rho.Ceiling(1, 2).ToDouble());
    }

    [Fact]
    public void Negative_costs_do_not_exist()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Rho.FromUnits(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rho.Floor(-1e-9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rho.Floor(double.NaN));
        Assert.Equal(Rho.Zero, Rho.FromUnits(1).Less(Rho.FromUnits(2)));
    }
}
