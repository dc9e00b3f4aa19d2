using System.Numerics;

namespace FedMeta.Privacy.Tests.Encoding;

public class IntegerNormTests
{
    private const long Largest = 1L << 46;

    [Fact]
    public void The_squared_norm_of_the_longest_vector_of_a_plan_is_exact()
    {
        var values = new long[1 << 20];
        Array.Fill(values, -Largest);
        values[7] = Largest - 1;
        var expected = ((BigInteger)((1 << 20) - 1) << 92) + ((BigInteger)(Largest - 1) * (Largest - 1));
        Assert.Equal(expected, IntegerQuantizer.SquaredNorm(values));

        // 2^26 entries, the most that a plan has, are 64 times as many: still below 2^119.
        Assert.True(64 * expected < BigInteger.One << 119);
        Assert.Equal((UInt128)1 << 126, IntegerQuantizer.SquaredNorm([long.MinValue]));
        Assert.Throws<OverflowException>(() => IntegerQuantizer.SquaredNorm([.. Enumerable.Repeat(long.MinValue, 4)]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(+1)]
    public void The_bound_is_compared_as_whole_numbers_to_the_last_unit(int difference)
    {
        // In floating point the three bounds are one number.
        double[] scaled = [Largest, -Largest, 3];
        var integers = new long[3];
        var bound = (BigInteger.One << 93) + 9 + difference;
        Assert.Equal((double)bound, (double)(BigInteger.One << 93));
        var outcome = IntegerQuantizer.Quantize(scaled, integers, new Nearest(), bound);
        Assert.Equal(difference < 0 ? EncodingOutcome.TooLong : EncodingOutcome.Rounded, outcome);
        Assert.Equal(difference < 0 ? [0L, 0, 0] : [Largest, -Largest, 3], integers);
    }

    [Fact]
    public void An_entry_beyond_exact_rounding_is_refused_whatever_the_bound()
    {
        var integers = new long[2];
        var bound = BigInteger.One << 200;
        double[] edge = [Math.BitIncrement(Largest), -1];
        Assert.Equal(EncodingOutcome.TooLong, IntegerQuantizer.Quantize(edge, integers, new Nearest(), bound));
        edge[0] = double.MinValue;
        Assert.Equal(EncodingOutcome.TooLong, IntegerQuantizer.Quantize(edge, integers, new Nearest(), bound));
        edge[0] = Largest;
        Assert.Equal(EncodingOutcome.Rounded, IntegerQuantizer.Quantize(edge, integers, new Nearest(), bound));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Undefined_entries_are_refused_before_any_rounding(double bad)
    {
        var integers = new long[] { 5, 6, 7 };
        double[] scaled = [1, 2, bad];
        Assert.Equal(
            EncodingOutcome.NotFinite, IntegerQuantizer.Quantize(scaled, integers, new Never(), BigInteger.One << 99));
        Assert.Equal([0L, 0, 0], integers);
        Assert.False(L2Clip.TryClip(scaled, 1, new double[3]));
        Assert.Null(L2Clip.Factor(scaled, 1));
    }

    [Fact]
    public void Rounding_at_random_is_exact_up_to_the_largest_entry()
    {
        using var random = new TestRandom(11);
        using var rounding = new StochasticRounding(random);
        foreach (var value in new[] { 0.0, -0.0, 1, -1, Largest, -Largest, Largest - 1 })
            Assert.Equal((long)value, rounding.Round(value));
        foreach (var value in new[] { 0.5, -0.5, Largest - 0.5, 0.5 - Largest, -double.Epsilon, 1e-300, 3.99 })
            Assert.InRange(rounding.Round(value), (long)Math.Floor(value), (long)Math.Floor(value) + 1);
    }

    /// <summary>Vectors of the full norm in the shapes that floating point likes least, at the finest scale.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(65536)]
    public void A_clipped_vector_never_fails_the_second_check_however_fine_the_scale(int dimension)
    {
        var request = Mechanism.MechanismPlanTests.Tasks with
        {
            Dimension = dimension,
            RingBits = 64,
            Epsilon = 1000,
            Rounds = 1,
            MaxClients = 2,
            Threshold = 2,
            ClipNorm = 0.1,
            TasksPerPatient = 20,
        };
        var plan = Mechanism.MechanismPlanTests.Plan(request);
        using var random = new TestRandom(12);
        double[] sizes = [1e308, 1e-300, 1, 0.1, Math.BitIncrement(0.1 / Math.Sqrt(dimension)), double.Epsilon];
        foreach (var size in sizes)
        {
            var vector = new double[dimension];
            for (var j = 0; j < dimension; j++) vector[j] = j % 3 == 0 ? size : size * (1 - (j % 7 * 0.1));
            using var encoder = new ContributionEncoder(
                plan, RandomizedHadamard.FromSeed(new byte[32], plan.PaddedDimension), NoiseShare.Draw(plan, random),
                new AwayFromZero());
            Assert.True(encoder.Add(vector) is EncodingOutcome.Rounded or EncodingOutcome.Truncated);
        }
    }

    [Fact]
    public void Clipping_keeps_its_digits_at_both_ends_of_the_doubles()
    {
        var clipped = new double[2];
        Assert.True(L2Clip.TryClip([3e307, 4e307], 1e-9, clipped));
        Assert.Equal(6e-10, clipped[0], 6e-10 * 1e-15);
        Assert.Equal(8e-10, clipped[1], 8e-10 * 1e-15);
        Assert.True(L2Clip.TryClip([double.Epsilon, -double.Epsilon], 1e9, clipped));
        Assert.Equal([double.Epsilon, -double.Epsilon], clipped);
        Assert.True(L2Clip.TryClip([0, -0.0], 1, clipped));
        Assert.Equal([0.0, 0.0], clipped);
    }

    private sealed class Nearest : ICoordinateRounding
    {
        public long Round(double value) => (long)Math.Round(value);
    }

    private sealed class AwayFromZero : ICoordinateRounding
    {
        public long Round(double value) => (long)(value < 0 ? Math.Floor(value) : Math.Ceiling(value));
    }

    private sealed class Never : ICoordinateRounding
    {
        public long Round(double value) => throw new InvalidOperationException("rounded");
    }
}
