using System.Security.Cryptography;
using FedMeta.Privacy.Tests.Mechanism;

namespace FedMeta.Privacy.Tests.Encoding;

public class EncodingTests
{
    private static readonly byte[] Seed = SHA256.HashData("rotation"u8);

    private static readonly MechanismRequest Request = MechanismPlanTests.Tasks with
    {
        Dimension = 100,
        MaxClients = 4,
        Threshold = 3,
        Epsilon = 100,
        Rounds = 1,
        MaxContributionsPerClient = 3,
    };

    [Fact]
    public void The_decoded_sum_of_several_clients_is_the_sum_of_the_clipped_vectors_up_to_noise()
    {
        var plan = MechanismPlanTests.Plan(Request);
        using var random = new TestRandom(1);
        var expected = new double[100];
        var sum = new ulong[plan.PaddedDimension];
        for (var client = 0; client < 4; client++)
        {
            using var encoder = new ContributionEncoder(plan, Seed, NoiseShare.Draw(plan, random), random);
            for (var task = 0; task < 3; task++)
            {
                var vector = Enumerable.Range(0, 100).Select(j => Math.Sin(j + (7 * task) + client)).ToArray();
                var factor = L2Clip.Factor(vector, 1)!.Value;
                for (var j = 0; j < 100; j++) expected[j] += vector[j] * factor;
                Assert.Equal(EncodingOutcome.Rounded, encoder.Add(vector));
            }

            var residues = encoder.Finish();
            for (var j = 0; j < sum.Length; j++) sum[j] = (sum[j] + residues[j]) & ModularRing.Mask(32);
        }

        var decoded = new AggregateDecoder(plan, Seed).Decode(sum);
        Assert.False(decoded.NearWrap);
        var deviation = Math.Sqrt(4 * (double)plan.LocalVariance) / plan.Scale;
        var squares = expected.Zip(decoded.Sum, (a, b) => (a - b) * (a - b)).Sum();

        // Chi-squared with 100 degrees of freedom: mean 100, deviation 14; six deviations either way.
        Assert.InRange(squares / (deviation * deviation), 15, 185);
    }

    [Fact]
    public void Infinite_and_undefined_entries_add_nothing()
    {
        var plan = MechanismPlanTests.Plan(Request);
        foreach (var bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            using var random = new TestRandom(2);
            var noise = NoiseShare.Draw(plan, random);
            using var same = new TestRandom(2);
            using var twin = NoiseShare.Draw(plan, same);
            using var encoder = new ContributionEncoder(plan, Seed, noise, random);
            var vector = new double[100];
            vector[17] = bad;
            Assert.Equal(EncodingOutcome.NotFinite, encoder.Add(vector));
            var alone = new long[plan.PaddedDimension];
            twin.AddTo(alone);
            Assert.Equal(alone.Select(value => ModularRing.Reduce(value, 32)), encoder.Finish());
        }
    }

    [Fact]
    public void The_zero_vector_and_huge_vectors_are_clipped_without_accident()
    {
        Assert.Equal(1, L2Clip.Factor(new double[5], 2));
        Assert.Equal(0.5, L2Clip.Factor([4.0, 0], 2));
        Assert.Equal(1, L2Clip.Factor([1.0, 1], 2));
        var factor = L2Clip.Factor([1e308, 1e308], 1)!.Value;
        Assert.Equal(1, Math.Sqrt(2) * (1e308 * factor), 1e-12);
        Assert.Equal(1, L2Clip.Factor([double.Epsilon, 0], 1));
    }

    [Fact]
    public void Rounding_beyond_the_bound_falls_back_to_truncation()
    {
        // 64 coordinates of 1.9, all rounded up: 64 * 4 = 256 > 200, truncated: 64.
        var scaled = Enumerable.Repeat(1.9, 64).ToArray();
        var integers = new long[64];
        Assert.Equal(EncodingOutcome.Truncated, IntegerQuantizer.Quantize(scaled, integers, new AlwaysUp(), 200));
        Assert.All(integers, value => Assert.Equal(1, value));
        Assert.Equal(EncodingOutcome.Rounded, IntegerQuantizer.Quantize(scaled, integers, new AlwaysUp(), 256));
        Assert.Equal(EncodingOutcome.TooLong, IntegerQuantizer.Quantize(scaled, integers, new AlwaysUp(), 63));
        Assert.All(integers, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Truncation_goes_towards_zero_on_both_sides()
    {
        var integers = new long[2];
        IntegerQuantizer.Quantize([-1.9, 1.9], integers, new AlwaysUp(), 2);
        Assert.Equal([-1L, 1L], integers);
    }

    [Fact]
    public void No_encoded_vector_ever_exceeds_the_norm_bound()
    {
        var plan = MechanismPlanTests.Plan(Request);
        using var random = new TestRandom(3);
        using var rounding = new StochasticRounding(random);
        var rotation = RandomizedHadamard.FromSeed(Seed, plan.PaddedDimension);
        var integers = new long[plan.PaddedDimension];
        for (var trial = 0; trial < 50; trial++)
        {
            var vector = new double[plan.PaddedDimension];
            for (var j = 0; j < 100; j++) vector[j] = Math.Cos((trial * 31) + (j * j));
            var factor = L2Clip.Factor(vector, Request.ClipNorm)!.Value * plan.Scale;
            for (var j = 0; j < 100; j++) vector[j] *= factor;
            rotation.Rotate(vector);
            Assert.Equal(
                EncodingOutcome.Rounded, IntegerQuantizer.Quantize(vector, integers, rounding, plan.NormBoundSquared));
            Assert.True(IntegerQuantizer.SquaredNorm(integers) <= (UInt128)plan.NormBoundSquared);
        }
    }

    [Fact]
    public void Stochastic_rounding_is_right_on_average_and_exact_on_integers()
    {
        using var random = new TestRandom(4);
        using var rounding = new StochasticRounding(random);
        var sum = 0L;
        for (var trial = 0; trial < 100_000; trial++) sum += rounding.Round(-2.75);

        // Mean -2.75, deviation 0.433/sqrt(1e5) = 0.00137; six deviations.
        Assert.InRange(sum / 1e5, -2.7583, -2.7417);
        Assert.Equal(5, rounding.Round(5));
        Assert.Equal(-5, rounding.Round(-5));
        Assert.Equal(0, rounding.Round(-1e-300));
    }

    [Fact]
    public void A_rotation_keeps_norms_and_is_undone()
    {
        var rotation = RandomizedHadamard.FromSeed(Seed, 64);
        var vector = Enumerable.Range(0, 64).Select(j => Math.Sin(j)).ToArray();
        var rotated = vector.ToArray();
        rotation.Rotate(rotated);
        Assert.Equal(vector.Sum(x => x * x), rotated.Sum(x => x * x), 1e-12);
        Assert.NotEqual(vector, rotated);
        rotation.Unrotate(rotated);
        for (var j = 0; j < 64; j++) Assert.Equal(vector[j], rotated[j], 1e-12);
    }

    [Fact]
    public void The_signs_of_a_seed_are_pinned()
    {
        // First byte of SHA-256("fedmeta-rotation-1" | 32 zero bytes | 0), lowest bit first.
        var unit = new double[8];
        unit[0] = 1;
        var digest = SHA256.HashData([.. "fedmeta-rotation-1"u8, .. new byte[36]]);
        for (var j = 0; j < 8; j++)
        {
            var vector = new double[8];
            vector[j] = 1;
            RandomizedHadamard.FromSeed(new byte[32], 8).Rotate(vector);
            Assert.Equal(((digest[0] >> j) & 1) == 0 ? 1 : -1, Math.Sign(vector[0]));
        }
    }

    [Fact]
    public void An_encoder_sends_one_message_and_takes_no_more_than_its_plan_says()
    {
        var plan = MechanismPlanTests.Plan(Request);
        using var random = new TestRandom(5);
        var noise = NoiseShare.Draw(plan, random);
        using var encoder = new ContributionEncoder(plan, Seed, noise, random);
        for (var task = 0; task < 3; task++) encoder.Add(new double[100]);
        Assert.Throws<InvalidOperationException>(() => encoder.Add(new double[100]));
        encoder.Finish();
        Assert.Throws<InvalidOperationException>(() => encoder.Finish());
        Assert.Throws<ArgumentException>(() => new ContributionEncoder(plan, Seed, noise, random));
        Assert.Equal("(secret)", noise.ToString());
    }

    [Fact]
    public void Noise_is_zeroed_when_it_is_disposed_of_and_is_not_drawn_for_who_said_stop()
    {
        var plan = MechanismPlanTests.Plan(Request);
        using var random = new TestRandom(6);
        var noise = NoiseShare.Draw(plan, random);
        Assert.Contains(noise.Values.ToArray(), value => value != 0);
        noise.Dispose();
        Assert.All(noise.Values.ToArray(), value => Assert.Equal(0, value));
        Assert.Throws<ObjectDisposedException>(() => noise.AddTo(new long[noise.Length]));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => NoiseShare.Draw(plan, random, stop.Token));
    }

    [Fact]
    public void A_sum_near_the_edge_of_the_ring_raises_the_flag()
    {
        var plan = MechanismPlanTests.Plan(Request);
        var residues = new ulong[plan.PaddedDimension];
        Assert.False(new AggregateDecoder(plan, Seed).Decode(residues).NearWrap);
        residues[3] = 1UL << 31;
        Assert.True(new AggregateDecoder(plan, Seed).Decode(residues).NearWrap);
    }

    private sealed class AlwaysUp : ICoordinateRounding
    {
        public long Round(double value) => (long)Math.Ceiling(value);
    }
}
