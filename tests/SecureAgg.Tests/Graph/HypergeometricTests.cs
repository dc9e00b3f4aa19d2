using System.Numerics;

namespace FedMeta.SecureAgg.Tests;

public class HypergeometricTests
{
    [Fact]
    public void Quantiles_agree_with_exact_fractions_of_whole_numbers()
    {
        double[] probabilities = [0.3, 1e-3, 1e-9, 1e-17];
        foreach (var population in new[] { 5, 24, 60 })
        {
            for (var marked = 0; marked <= population; marked += 3)
            {
                for (var drawn = 0; drawn <= population; drawn += 5)
                {
                    foreach (var probability in probabilities)
                    {
                        Assert.Equal(
                            Exact(population, marked, drawn, probability),
                            Hypergeometric.UpperQuantile(population, marked, drawn, probability));
                    }
                }
            }
        }
    }

    [Fact]
    public void The_chance_that_all_are_marked_agrees_with_exact_whole_numbers()
    {
        var exact = BigInteger.Log(Choose(700, 150)) - BigInteger.Log(Choose(1000, 150));
        Assert.Equal(exact, Hypergeometric.LogAllMarked(1000, 700, 150), 9);
        Assert.Equal(double.NegativeInfinity, Hypergeometric.LogAllMarked(1000, 10, 11));
        Assert.Equal(0, Hypergeometric.LogAllMarked(1000, 10, 0));
    }

    [Fact]
    public void Probabilities_far_below_the_least_double_do_not_stop_the_quantile()
    {
        // That all 2000 drawn are marked has a probability of about 10^-2600.
        Assert.Equal(Exact(100_000, 5000, 2000, 1e-20), Hypergeometric.UpperQuantile(100_000, 5000, 2000, 1e-20));
    }

    // The least x with P(X > x) < probability: compared in whole numbers of 10^-30.
    private static int Exact(int population, int marked, int drawn, double probability)
    {
        var allowed = (BigInteger)(probability * 1e30) * Choose(population, drawn);
        var ways = BigInteger.Zero;
        var least = Math.Max(0, marked + drawn - population);
        var x = Math.Min(marked, drawn);
        var these = Choose(marked, x) * Choose(population - marked, drawn - x);
        for (; x > least; x--)
        {
            ways += these;
            if (ways * BigInteger.Pow(10, 30) >= allowed) return x;
            these = these * x * (population - marked - drawn + x) / ((marked - x + 1) * (BigInteger)(drawn - x + 1));
        }

        return least;
    }

    private static BigInteger Choose(int from, int count)
    {
        var ways = BigInteger.One;
        for (var i = 0; i < count; i++) ways = ways * (from - i) / (i + 1);
        return ways;
    }
}
