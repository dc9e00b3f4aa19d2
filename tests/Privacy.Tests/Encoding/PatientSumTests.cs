using System.Numerics;
using FedMeta.Privacy.Tests.Mechanism;

namespace FedMeta.Privacy.Tests.Encoding;

/// <summary>The one fact that the patient's claim rests on, on the integers that leave the encoder: each patient moves
/// them by at most B.</summary>
public class PatientSumTests
{
    private const int Dimension = 60;

    private static readonly MechanismRequest Everyone = MechanismPlanTests.Tasks with
    {
        Contribution = ContributionKind.PatientGradient,
        Dimension = Dimension,
        MaxContributionsPerClient = 40,
        RingBits = 64,
    };

    private static readonly MechanismRequest Sampled = Everyone with
    {
        SamplingRate = SamplingRate.FromMillionths(400_000),
    };

    private static readonly double[] Hostile =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e308, -1e308, double.MaxValue, double.Epsilon,
        -double.Epsilon, 1e-310, -0.0, 1e-12, 1, 1e15,
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Zeroing_out_any_patient_moves_the_integers_by_at_most_the_norm_bound(bool sampled)
    {
        var plan = MechanismPlanTests.Plan(sampled ? Sampled : Everyone);
        var patients = Patients();
        var before = Sum(plan, patients);
        var (largest, moved) = (BigInteger.Zero, 0);
        for (var patient = 0; patient < patients.Count; patient++)
        {
            var others = patients.ToList();
            others[patient] = new double[Dimension];
            var after = Sum(plan, others);
            var squares = before.Zip(after, (x, y) => (BigInteger)(x - y) * (x - y))
                .Aggregate(BigInteger.Zero, BigInteger.Add);
            Assert.True(squares <= plan.NormBoundSquared);
            largest = BigInteger.Max(largest, squares);
            if (!squares.IsZero) moved++;
        }

        // The bound is reached but for the rounding's allowance, and with coins some patients move nothing.
        Assert.True(largest * 100 >= plan.NormBoundSquared * 99);
        Assert.InRange(moved, sampled ? 5 : 30, sampled ? 30 : patients.Count);
    }

    [Fact]
    public void A_patient_who_leaves_moves_no_one_else_s_integers()
    {
        var plan = MechanismPlanTests.Plan(Everyone);
        var patients = Patients();
        var before = Sum(plan, patients);
        for (var patient = 0; patient < patients.Count; patient++)
        {
            var without = Sum(plan, [.. patients.Where((_, j) => j != patient)]);
            var alone = Sum(plan, [patients[patient]]);
            for (var j = 0; j < before.Length; j++) Assert.Equal(alone[j], before[j] - without[j]);
        }
    }

    [Fact]
    public void A_sample_is_the_integers_of_those_whose_coin_shows_heads_and_outcomes_do_not_tell_who()
    {
        var plan = MechanismPlanTests.Plan(Sampled);
        var patients = Patients();
        using var coin = new SamplingCoin(Sampled.SamplingRate, new TestRandom(77));
        var present = patients.Select(_ => coin.NextMask() != 0).ToList();
        Assert.InRange(present.Count(each => each), 1, patients.Count - 1);

        var expected = new long[plan.PaddedDimension];
        for (var patient = 0; patient < patients.Count; patient++)
        {
            if (!present[patient]) continue;
            var alone = Integers(plan, patients[patient]);
            for (var j = 0; j < alone.Length; j++) expected[j] += alone[j];
        }

        Assert.Equal(expected, Sum(plan, patients));
        Assert.Equal(
            patients.Select(p => p.Any(x => !double.IsFinite(x)) ? EncodingOutcome.NotFinite : EncodingOutcome.Rounded),
            Outcomes(plan, patients).Select(o => o == EncodingOutcome.Truncated ? EncodingOutcome.Rounded : o));
    }

    [Fact]
    public void A_sample_of_nobody_is_noise_and_is_sent()
    {
        var plan = MechanismPlanTests.Plan(Sampled with { SamplingRate = SamplingRate.FromMillionths(1) });
        using var random = new TestRandom(5);
        var noise = NoiseShare.Draw(plan, random);
        using var same = new TestRandom(5);
        using var twin = NoiseShare.Draw(plan, same);
        using var encoder = new ContributionEncoder(plan, new byte[32], noise, random);
        foreach (var patient in Patients()) encoder.Add(patient);
        var expected = new long[plan.PaddedDimension];
        twin.AddTo(expected);
        Assert.Equal(expected, encoder.Finish().Select(residue => ModularRing.Recentre(residue, 64)));
    }

    [Fact]
    public void The_encoder_of_a_sampled_plan_throws_its_own_coins()
    {
        var plan = MechanismPlanTests.Plan(Sampled);
        var (patients, seen) = (Patients(), new HashSet<string>());
        for (var seed = 0; seed < 5; seed++)
        {
            using var random = new TestRandom(seed);
            using var noise = new TestRandom(1000);
            using var encoder = new ContributionEncoder(plan, new byte[32], NoiseShare.Draw(plan, noise), random);
            foreach (var patient in patients) encoder.Add(patient);
            Assert.Equal(patients.Count, encoder.Contributions);
            Assert.True(seen.Add(string.Join(',', encoder.Finish())));
        }

        var rotation = RandomizedHadamard.FromSeed(new byte[32], plan.PaddedDimension);
        using var source = new TestRandom(1);
        Assert.Throws<ArgumentException>(
            () => new ContributionEncoder(plan, rotation, NoiseShare.Draw(plan, source), new Away()));
        var whole = MechanismPlanTests.Plan(Everyone);
        Assert.Throws<ArgumentException>(() => new ContributionEncoder(
            whole, rotation, NoiseShare.Draw(whole, source), new Away(), new SamplingCoin(default, source)));
    }

    /// <summary>Patients of the full norm and hostile ones, alone and mixed with usual entries.</summary>
    private static List<double[]> Patients()
    {
        var patients = new List<double[]>();
        foreach (var bad in Hostile)
        {
            patients.Add([.. Enumerable.Repeat(bad, Dimension)]);
            patients.Add([.. Enumerable.Range(0, Dimension).Select(j => j == 7 ? bad : Math.Sin(j))]);
        }

        while (patients.Count < 40)
            patients.Add([.. Enumerable.Range(0, Dimension).Select(j => Math.Cos((patients.Count * j) + 1) * 3)]);
        return patients;
    }

    /// <summary>The integers without the noise: what two messages with the same noise differ by.</summary>
    private static long[] Sum(MechanismPlan plan, IReadOnlyList<double[]> patients)
    {
        using var random = new TestRandom(6);
        var noise = NoiseShare.Draw(plan, random);
        var message = Encode(plan, noise, encoder =>
        {
            foreach (var patient in patients) encoder.Add(patient);
        });
        using var same = new TestRandom(6);
        var empty = Encode(plan, NoiseShare.Draw(plan, same), _ => { });
        return [.. message.Zip(empty, (x, y) => ModularRing.Recentre(unchecked(x - y), 64))];
    }

    private static List<EncodingOutcome> Outcomes(MechanismPlan plan, IReadOnlyList<double[]> patients)
    {
        var outcomes = new List<EncodingOutcome>();
        using var random = new TestRandom(6);
        Encode(plan, NoiseShare.Draw(plan, random), encoder => outcomes.AddRange(patients.Select(p => encoder.Add(p))));
        return outcomes;
    }

    private static ulong[] Encode(MechanismPlan plan, NoiseShare noise, Action<ContributionEncoder> add)
    {
        var coin = plan.Request.SamplingRate.IsSampled
            ? new SamplingCoin(plan.Request.SamplingRate, new TestRandom(77))
            : null;
        using var encoder = new ContributionEncoder(
            plan, RandomizedHadamard.FromSeed(new byte[32], plan.PaddedDimension), noise, new Away(), coin);
        add(encoder);
        return encoder.Finish();
    }

    /// <summary>One vector by the pipeline's own steps.</summary>
    private static long[] Integers(MechanismPlan plan, double[] vector)
    {
        var scaled = new double[plan.PaddedDimension];
        var integers = new long[plan.PaddedDimension];
        if (!L2Clip.TryClip(vector, plan.Request.ClipNorm, scaled)) return integers;
        RandomizedHadamard.FromSeed(new byte[32], plan.PaddedDimension).Rotate(scaled);
        for (var j = 0; j < scaled.Length; j++) scaled[j] *= plan.Scale;
        IntegerQuantizer.Quantize(scaled, integers, new Away(), plan.NormBoundSquared);
        return integers;
    }

    /// <summary>Rounding that is worst for the norm and depends on nothing else.</summary>
    private sealed class Away : ICoordinateRounding
    {
        public long Round(double value) => (long)(value < 0 ? Math.Floor(value) : Math.Ceiling(value));
    }
}
