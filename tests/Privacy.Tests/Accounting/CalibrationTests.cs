using FedMeta.Privacy.Tests.Sampling;
using FedMeta.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace FedMeta.Privacy.Tests.Accounting;

public class CalibrationTests
{
    [SharedFact("oracles/dp/calibration.json")]
    public void The_noise_meets_the_target_and_is_at_most_the_reference_s()
    {
        foreach (var row in OracleFile.Rows("calibration.json"))
        {
            var (q, rounds) = (row.Number("q"), row.Whole("rounds"));
            var (target, delta) = (row.Number("target_eps"), row.Number("target_delta"));
            double Epsilon(double z) => RenyiCurve
                .Of(RenyiOrders.Usual, order => RenyiDp.PoissonSubsampledGaussian(order, q, z))
                .Repeated(rounds).Epsilon(delta);
            var multiplier = NoiseCalibration.LeastNoiseMultiplier(Epsilon, target)!.Value;
            Assert.True(Epsilon(multiplier) <= target);
            Assert.True(multiplier <= row.Number("noise_multiplier_rdp") * (1 + 1e-4));
            if (q < 1) continue;
            var exact = Gaussian.NoiseMultiplier(target, delta, rounds);
            OracleFile.AssertClose(row.Number("noise_multiplier_exact"), exact, 1e-9, "exact");
            Assert.True(Gaussian.Epsilon(Math.Sqrt(rounds) / exact, delta) <= target);
        }
    }

    [Fact]
    public void Whatever_the_target_the_private_end_of_the_bracket_comes_out() =>
        Prop.ForAll(
            (from epsilon in Gen.Choose(1, 3000)
             from delta in Gen.Choose(2, 12)
             from rounds in Gen.Choose(1, 5000)
             select (Epsilon: epsilon / 100.0, Delta: Math.Pow(10, -delta), Rounds: rounds)).ToArbitrary(),
            target =>
            {
                double Exact(double z) => Gaussian.Epsilon(Math.Sqrt(target.Rounds) / z, target.Delta);
                var exact = Gaussian.NoiseMultiplier(target.Epsilon, target.Delta, target.Rounds);
                Assert.True(Exact(exact) <= target.Epsilon, $"{target}: {exact}");
                var searched = NoiseCalibration.LeastNoiseMultiplier(Exact, target.Epsilon)!.Value;
                Assert.True(Exact(searched) <= target.Epsilon, $"{target}: {searched}");
                OracleFile.AssertClose(exact, searched, 1e-6, $"{target}");
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_a_multiplier_that_was_tried_and_passed_comes_out()
    {
        // A step that no search by interpolation would meet.
        var passed = new HashSet<double>();
        double Step(double z)
        {
            if (z >= 3.21987) passed.Add(z);
            return z >= 3.21987 ? 1 : 2;
        }

        var multiplier = NoiseCalibration.LeastNoiseMultiplier(Step, 1.5)!.Value;
        Assert.Contains(multiplier, passed);
        Assert.InRange(multiplier, 3.21987, 3.21987 * (1 + 1e-6));
    }

    [Fact]
    public void What_cannot_be_met_has_no_multiplier_and_the_search_ends()
    {
        Assert.Null(NoiseCalibration.LeastNoiseMultiplier(_ => 1, 0.5));
        Assert.Null(NoiseCalibration.LeastNoiseMultiplier(_ => double.NaN, 0.5));
        Assert.Null(NoiseCalibration.LeastNoiseMultiplier(_ => double.PositiveInfinity, 0.5));
        Assert.InRange(NoiseCalibration.LeastNoiseMultiplier(_ => 0, 0.5)!.Value, 1e-7, 1e-5);
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseCalibration.LeastNoiseMultiplier(_ => 0, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseCalibration.LeastNoiseMultiplier(_ => 0, -1));
    }
}
