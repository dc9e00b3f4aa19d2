namespace FedMeta.Privacy.Tests.Accounting.PrivacyLoss;

public class PrivacyLossDistributionTests
{
    [Theory]
    [InlineData(1, 1, 1e-5)]
    [InlineData(0.5, 10, 1e-5)]
    [InlineData(4, 50, 1e-6)]
    [InlineData(4, 300, 1e-8)]
    [InlineData(16, 1, 1e-10)]
    [InlineData(100, 100, 1e-5)]
    public void Exact_Gaussian_rounds_are_below_it_by_less_than_a_grid_step(double z, int rounds, double delta)
    {
        var exact = Gaussian.Epsilon(Math.Sqrt(rounds) / z, delta);
        var ours = PrivacyLossDistribution.Gaussian(z).Compose(rounds).Epsilon(delta);
        Assert.InRange(ours, exact, exact + 1e-6);
    }

    [Theory]
    [InlineData(0.001, 0.7)]
    [InlineData(0.1, 1)]
    [InlineData(0.5, 5)]
    [InlineData(0.999, 2)]
    public void One_sampled_round_has_the_delta_of_the_exact_formula(double q, double z)
    {
        var one = PrivacyLossDistribution.Gaussian(z, q);
        for (var epsilon = 0.0; epsilon < 4; epsilon += 0.1)
        {
            // (1-q) N(0) + q N(1) against N(0): the part without the unit cancels.
            var exact = q * Gaussian.Delta(1 / z, Math.Log(1 + ((Math.Exp(epsilon) - 1) / q)));
            Assert.InRange(one.Delta(epsilon, PrivacyLossDirection.Remove), exact, (exact * (1 + 1e-6)) + 1e-30);
        }
    }

    [Theory]
    [InlineData(0.3, 1, 0.1)]
    [InlineData(0.1, 2, 0.02)]
    [InlineData(0.9, 0.8, 1.5)]
    public void One_sampled_round_in_the_other_direction_has_it_too(double q, double z, double epsilon)
    {
        // N(0) exceeds e^epsilon ((1-q) N(0) + q N(1)) left of the threshold where they are equal.
        var odds = (Math.Exp(-epsilon) - (1 - q)) / q;
        var threshold = (z * Math.Log(odds)) + (1 / (2 * z));
        var (without, with) = (NormalDistribution.Cdf(threshold), NormalDistribution.Cdf(threshold - (1 / z)));
        var exact = without - (Math.Exp(epsilon) * (((1 - q) * without) + (q * with)));
        var ours = PrivacyLossDistribution.Gaussian(z, q).Delta(epsilon, PrivacyLossDirection.Add);
        Assert.InRange(ours, exact * (1 - 1e-12), exact * (1 + 1e-6));
    }

    [Fact]
    public void The_order_of_a_schedule_changes_no_bit_of_the_result()
    {
        var (a, b) = (PrivacyLossDistribution.Gaussian(2, 0.1).Compose(30), PrivacyLossDistribution.Gaussian(3, 0.2));
        var c = PrivacyLossDistribution.Gaussian(8).Compose(20);
        var one = a.ComposeWith(b).ComposeWith(c).Epsilon(1e-6);
        Assert.Equal(one, c.ComposeWith(b.ComposeWith(a)).Epsilon(1e-6));
        Assert.Equal(a.Compose(4).Epsilon(1e-6), a.ComposeWith(a.Compose(3)).Epsilon(1e-6));
        Assert.True(one > a.ComposeWith(b).Epsilon(1e-6));
    }

    [Fact]
    public void More_rounds_or_a_larger_sample_cost_more_and_more_noise_costs_less()
    {
        double[] rounds = [.. new[] { 1, 2, 5, 30, 200 }.Select(t => At(1.5, 0.05, t))];
        double[] rates = [.. new[] { 0.01, 0.02, 0.1, 0.5, 1 }.Select(q => At(1.5, q, 50))];
        double[] noises = [.. new[] { 5, 3, 2, 1, 0.7 }.Select(z => At(z, 0.05, 50))];
        foreach (var figures in new[] { rounds, rates, noises })
        {
            for (var i = 1; i < figures.Length; i++) Assert.True(figures[i] > figures[i - 1], $"{i}");
        }

        static double At(double z, double q, int times) =>
            PrivacyLossDistribution.Gaussian(z, q).Compose(times).Epsilon(1e-6);
    }

    [Theory]
    [InlineData(1, 0.01, 1000, 1e-5)]
    [InlineData(1, 0.01, 1000, 1e-12)]
    [InlineData(0.7, 0.1, 10, 0.2)]
    [InlineData(4, 1, 100, 1e-9)]
    public void Delta_and_epsilon_are_each_others_inverse(double z, double q, int rounds, double delta)
    {
        var schedule = PrivacyLossDistribution.Gaussian(z, q).Compose(rounds);
        var epsilon = schedule.Epsilon(delta);
        Assert.InRange(schedule.Delta(epsilon), delta * (1 - 1e-5), delta * (1 + 1e-5));
        Assert.True(schedule.Delta(epsilon - 1e-4) > delta);
    }

    [Fact]
    public void Finer_grids_give_less_and_converge()
    {
        // Published for Google's accountant with the same method: 6.190976, 6.187745, 6.187713.
        var (coarse, usual, fine) = (At(1e-3), At(1e-4), At(2.5e-5));
        Assert.Equal(6.190976, coarse, 1e-6);
        Assert.Equal(6.187745, usual, 1e-6);
        Assert.InRange(fine, 6.187713 - 1e-6, usual - 1e-5);

        static double At(double interval) =>
            PrivacyLossDistribution.Gaussian(1, 0.01, interval).Compose(10_000).Epsilon(1e-5);
    }

    [Fact]
    public void Tiny_deltas_are_told_apart_until_the_tail_that_was_cut_off()
    {
        var schedule = PrivacyLossDistribution.Gaussian(4).Compose(100);
        Assert.Equal(Gaussian.Epsilon(2.5, 1e-25), schedule.Epsilon(1e-25), 1e-4);
        var sampled = PrivacyLossDistribution.Gaussian(1, 0.1).Compose(10);
        Assert.InRange(sampled.Epsilon(1e-20), sampled.Epsilon(1e-19) + 0.01, 100);
        Assert.Equal(double.PositiveInfinity, sampled.Epsilon(1e-40));
        Assert.InRange(sampled.Delta(1e6), double.Epsilon, 1e-30);
    }

    [Fact]
    public void A_figure_is_both_directions_with_its_grids_and_what_was_cut_off()
    {
        var schedule = PrivacyLossDistribution.Gaussian(1, 0.01, 1e-3).Compose(100);
        var figure = schedule.Figure(1e-6);
        Assert.Equal(schedule.Epsilon(1e-6, PrivacyLossDirection.Remove), figure.Remove);
        Assert.Equal(schedule.Epsilon(1e-6, PrivacyLossDirection.Add), figure.Add);
        Assert.Equal(schedule.Epsilon(1e-6), figure.Epsilon);
        Assert.InRange(figure.Lost, 1e-35, 1e-25);
        Assert.InRange(figure.ReleasePoints, 5_000, 50_000);
        Assert.InRange(figure.SumPoints, 2_000, 100_000);
        Assert.Equal(0, PrivacyLossDistribution.Nothing().Figure(1e-6).Epsilon);
    }

    [Fact]
    public void Nothing_and_nobody_cost_nothing()
    {
        var none = PrivacyLossDistribution.Gaussian(1, 0);
        var one = PrivacyLossDistribution.Gaussian(2, 0.1);
        Assert.Equal(0, none.Compose(1000).Epsilon(1e-9));
        Assert.Equal(0, none.Delta(0));
        Assert.Equal(one.Epsilon(1e-6), one.ComposeWith(none).Epsilon(1e-6));
        Assert.Equal(0, one.Compose(0).Epsilon(1e-6));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e9, 1)]
    [InlineData(1e300, 1)]
    [InlineData(50, 0.5)]
    [InlineData(1e6, 1e-6)]
    public void No_epsilon_is_negative_and_no_delta_leaves_zero_to_one(double z, double q)
    {
        var schedule = PrivacyLossDistribution.Gaussian(z, q).Compose(3);
        foreach (var delta in new[] { 1e-12, 1e-5, 0.3, 0.999999 })
            Assert.InRange(schedule.Epsilon(delta), 0, 100);
        foreach (var epsilon in new[] { 0, 1e-9, 0.1, 3, 1e3 })
            Assert.InRange(schedule.Delta(epsilon), 0, 1);
    }

    [Fact]
    public void Hostile_parameters_are_refused_at_once()
    {
        foreach (var z in new[] { double.NaN, -1, 0, double.PositiveInfinity, double.NegativeInfinity, 1e-200, 1e-5 })
            Assert.ThrowsAny<ArgumentException>(() => PrivacyLossDistribution.Gaussian(z, 0.5));
        foreach (var q in new[] { double.NaN, -1e-300, 1.0000001, double.PositiveInfinity })
            Assert.ThrowsAny<ArgumentException>(() => PrivacyLossDistribution.Gaussian(1, q));
        foreach (var interval in new[] { double.NaN, 0, -1e-4, 1e-12, 2, double.PositiveInfinity })
            Assert.ThrowsAny<ArgumentException>(() => PrivacyLossDistribution.Gaussian(1, 0.5, interval));
        var one = PrivacyLossDistribution.Gaussian(1, 0.5);
        foreach (var delta in new[] { double.NaN, -1, 0, 1, 2, double.PositiveInfinity })
            Assert.ThrowsAny<ArgumentException>(() => one.Epsilon(delta));
        foreach (var epsilon in new[] { double.NaN, -1e-9, double.PositiveInfinity })
            Assert.ThrowsAny<ArgumentException>(() => one.Delta(epsilon));
        Assert.ThrowsAny<ArgumentException>(() => one.Compose(-1));
        Assert.ThrowsAny<ArgumentException>(() => one.Compose(int.MaxValue).Compose(int.MaxValue));
        Assert.ThrowsAny<ArgumentException>(() => one.Compose(int.MaxValue).Epsilon(1e-5));
        Assert.ThrowsAny<ArgumentException>(() => PrivacyLossDistribution.Gaussian(1).Compose(int.MaxValue));
        Assert.ThrowsAny<ArgumentException>(
            () => one.ComposeWith(PrivacyLossDistribution.Gaussian(1, 0.5, 1e-3)));
    }

    [Fact]
    public void A_release_known_by_epsilon_and_delta_alone_composes_as_randomised_response()
    {
        var one = PrivacyLossDistribution.ApproximateDp(0.5, 1e-6);
        Assert.Equal(0.5, one.Epsilon(1.001e-6), 2e-4);
        Assert.Equal(double.PositiveInfinity, one.Epsilon(0.99e-6));

        // Twice: epsilon 1 with all of it, or what two coins of e^0.5 to 1 tell.
        var twice = one.Compose(2);
        var yes = 1 / (1 + Math.Exp(-0.5));
        var exact = 1 - ((1 - 1e-6) * (1 - 1e-6)) + ((1 - 1e-6) * (1 - 1e-6) * yes * yes * (1 - Math.Exp(-0.5)));
        Assert.InRange(twice.Delta(0.5), exact, exact * (1 + 1e-6));
    }

    [Fact]
    public void Integer_noise_has_the_delta_of_its_law()
    {
        var one = PrivacyLossDistribution.DiscreteGaussian(4, 1);
        for (var epsilon = 0.0; epsilon < 3; epsilon += 0.25)
        {
            var exact = DiscreteGaussianLaw.Delta(4, 1, epsilon);
            Assert.InRange(one.Delta(epsilon), exact * (1 - 1e-12), exact * (1 + 1e-6));
        }
    }
}
