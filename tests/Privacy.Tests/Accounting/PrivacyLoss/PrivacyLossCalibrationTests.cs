namespace FedMeta.Privacy.Tests.Accounting.PrivacyLoss;

public class PrivacyLossCalibrationTests
{
    [Theory]
    [InlineData(1, 1e-5, 1, 1)]
    [InlineData(8, 1e-6, 100, 1)]
    [InlineData(1, 1e-5, 300, 0.1)]
    [InlineData(2, 1e-7, 40, 0.02)]
    public void The_noise_meets_its_target_and_a_little_less_does_not(
        double epsilon, double delta, int rounds, double rate)
    {
        var z = PrivacyLossCalibration.NoiseMultiplier(epsilon, delta, rounds, rate, 1e-3);
        Assert.True(Epsilon(z) <= epsilon);
        Assert.True(Epsilon(z * (1 - 1e-4)) > epsilon);
        if (rate == 1)
        {
            var exact = Gaussian.NoiseMultiplier(epsilon, delta, rounds);
            Assert.InRange(z, exact, exact * (1 + 1e-4));
        }

        double Epsilon(double noise) =>
            PrivacyLossDistribution.Gaussian(noise, rate, 1e-3).Compose(rounds).Epsilon(delta);
    }

    [Fact]
    public void A_hostile_target_is_refused()
    {
        foreach (var epsilon in new[] { double.NaN, 0, -1, double.PositiveInfinity })
            Assert.ThrowsAny<ArgumentException>(() => PrivacyLossCalibration.NoiseMultiplier(epsilon, 1e-5, 1));
        foreach (var delta in new[] { double.NaN, 0, 1 })
            Assert.ThrowsAny<ArgumentException>(() => PrivacyLossCalibration.NoiseMultiplier(1, delta, 1));
        Assert.ThrowsAny<ArgumentException>(() => PrivacyLossCalibration.NoiseMultiplier(1, 1e-5, 0));
        Assert.ThrowsAny<ArgumentException>(() => PrivacyLossCalibration.NoiseMultiplier(1, 1e-5, 1, 0));
    }
}
