using System.Numerics;

namespace FedMeta.Privacy.Tests.Mechanism;

public class WideRingTests
{
    private static readonly MechanismRequest Patients = MechanismPlanTests.Tasks with
    {
        Contribution = ContributionKind.PatientGradient,
        MaxContributionsPerClient = 10_000,
    };

    public static TheoryData<int> Widths => [.. Enumerable.Range(20, 45)];

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_plan_of_any_width_holds_the_sum_and_eight_deviations_exactly(int bits)
    {
        var request = Patients with { RingBits = bits, MaxContributionsPerClient = bits < 28 ? 10 : 10_000 };
        var plan = MechanismPlanTests.Plan(request);
        Assert.Empty(MechanismPlan.Verify(request, plan));
        var half = (BigInteger.One << (bits - 1)) - 1;
        var room = half - ((BigInteger)request.MaxClients * request.MaxContributionsPerClient
            * ExactArithmetic.SquareRootUp(plan.NormBoundSquared));
        Assert.True(room.Sign > 0 && room * room >= 64 * request.MaxClients * plan.LocalVariance);
        Assert.True(plan.LocalVariance <= MechanismPlan.LargestLocalVariance);

        // K patients of one client, all along one coordinate, and its noise's tail stay in 64 bits.
        Assert.True(half - room + (8 * ExactArithmetic.SquareRootUp(plan.LocalVariance)) <= long.MaxValue);
    }

    [Fact]
    public void A_wider_ring_never_needs_more_noise_and_a_scale_too_coarse_becomes_a_fine_one()
    {
        var before = double.PositiveInfinity;
        foreach (var bits in new[] { 28, 32, 40, 48, 56, 64 })
        {
            var plan = MechanismPlanTests.Plan(Patients with { RingBits = bits });
            var noise = Math.Sqrt((double)plan.LocalVariance) / plan.Scale;
            Assert.True(noise <= before * (1 + 1e-12));
            before = noise;
        }

        var many = Patients with { MaxContributionsPerClient = 1_000_000, MaxClients = 1000, Threshold = 900 };
        Assert.Null(MechanismPlan.Derive(many with { RingBits = 32 }).Plan);
        var wide = many with { RingBits = 64 };
        Assert.Empty(MechanismPlan.Verify(wide, MechanismPlanTests.Plan(wide)));
    }

    [Fact]
    public void One_unit_beyond_the_ring_of_64_bits_is_refused()
    {
        // n K B = 2^62 exactly, and the variance decides: 8 sqrt(n) s <= 2^62 - 1 is out of reach of s <= 2^28.
        var request = Patients with { RingBits = 64 };
        var plan = MechanismPlanTests.Plan(request);
        var vectors = (BigInteger)request.MaxClients * request.MaxContributionsPerClient;
        var root = (BigInteger)long.MaxValue / vectors;
        var full = plan with { NormBoundSquared = root * root, SensitivitySquared = root * root };
        Assert.Contains(
            MechanismPlan.Verify(request, full), problem => problem.Contains("ring bits", StringComparison.Ordinal));
    }

    [Fact]
    public void A_scale_beyond_exact_rounding_and_a_variance_beyond_the_sampler_are_refused()
    {
        var request = Patients with { RingBits = 64 };
        var plan = MechanismPlanTests.Plan(request);
        var wide = plan with { LocalVariance = (BigInteger)MechanismPlan.LargestLocalVariance + 1 };
        Assert.Contains(MechanismPlan.Verify(request, wide), p => p.Contains("2^56", StringComparison.Ordinal));
        var fine = plan with { Scale = Math.ScaleB(1, 41) };
        Assert.Contains(MechanismPlan.Verify(request, fine), p => p.Contains("too fine", StringComparison.Ordinal));
        Assert.NotEmpty((request with { RingBits = 65 }).Validate());
        Assert.NotEmpty((request with { RingBits = 15 }).Validate());
    }

    [Theory]
    [InlineData(33)]
    [InlineData(48)]
    [InlineData(64)]
    public void A_sum_in_a_wide_ring_decodes_to_the_sum_of_the_vectors(int bits)
    {
        var request = Patients with
        {
            RingBits = bits,
            Dimension = 50,
            MaxClients = 3,
            Threshold = 3,
            Epsilon = 900,
            Rounds = 1,
            MaxContributionsPerClient = 100,
        };
        var plan = MechanismPlanTests.Plan(request);
        using var random = new TestRandom(bits);
        var sum = new ulong[plan.PaddedDimension];
        var expected = new double[50];
        for (var client = 0; client < 3; client++)
        {
            using var encoder = new ContributionEncoder(plan, new byte[32], NoiseShare.Draw(plan, random), random);
            for (var patient = 0; patient < 100; patient++)
            {
                var vector = Enumerable.Range(0, 50).Select(j => Math.Sin((j * patient) + client) / 10).ToArray();
                for (var j = 0; j < 50; j++) expected[j] += vector[j];
                Assert.NotEqual(EncodingOutcome.TooLong, encoder.Add(vector));
            }

            var residues = encoder.Finish();
            Assert.All(residues, residue => Assert.True(residue <= ModularRing.Mask(bits)));
            for (var j = 0; j < sum.Length; j++)
                sum[j] = unchecked(sum[j] + residues[j]) & ModularRing.Mask(bits);
        }

        var decoded = new AggregateDecoder(plan, new byte[32]).Decode(sum);
        Assert.False(decoded.NearWrap);
        var deviation = Math.Sqrt(3 * (double)plan.LocalVariance) / plan.Scale;
        for (var j = 0; j < 50; j++) Assert.InRange(decoded.Sum[j] - expected[j], -7 * deviation, 7 * deviation);
    }

    [Fact]
    public void The_edge_of_the_widest_ring_raises_the_flag_and_no_error()
    {
        var plan = MechanismPlanTests.Plan(Patients with { RingBits = 64 });
        var residues = new ulong[plan.PaddedDimension];
        residues[5] = 1UL << 63;
        Assert.True(new AggregateDecoder(plan, new byte[32]).Decode(residues).NearWrap);
    }
}
