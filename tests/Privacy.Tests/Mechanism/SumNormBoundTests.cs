namespace FedMeta.Privacy.Tests.Mechanism;

public class SumNormBoundTests
{
    private const int Clients = 6;

    [Fact]
    public void Honest_sums_stay_below_it_however_well_their_updates_agree()
    {
        var plan = Plan(bits: 24);
        var bound = SumNormBound.Of(plan, Clients);
        for (var round = 1; round <= 200; round++)
        {
            var norm = Norm(plan, round);
            Assert.InRange(norm, 0, bound);
        }
    }

    [Fact]
    public void It_is_no_more_than_the_clips_and_a_few_norms_of_the_noise()
    {
        var plan = Plan(bits: 24);
        var noise = Math.Sqrt(Clients * (double)plan.LocalVariance * plan.PaddedDimension) / plan.Scale;
        Assert.InRange(SumNormBound.Of(plan, Clients), Clients * plan.Request.ClipNorm,
            (1.1 * Clients * plan.Request.ClipNorm) + (3 * noise));
        Assert.True(SumNormBound.Of(plan, 3) < SumNormBound.Of(plan, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => SumNormBound.Of(plan, 0));
    }

    [Fact]
    public void A_sum_with_an_input_from_the_edge_of_the_ring_is_beyond_it()
    {
        var plan = Plan(bits: 24);
        var sum = new ulong[plan.PaddedDimension];
        Array.Fill(sum, 1UL << (plan.Request.RingBits - 2));
        var decoded = new AggregateDecoder(plan, new byte[32]).Decode(sum);
        Assert.True(Math.Sqrt(decoded.Sum.Sum(v => v * v)) > SumNormBound.Of(plan, Clients));
    }

    private static double Norm(MechanismPlan plan, int round)
    {
        var sum = new ulong[plan.PaddedDimension];
        for (var client = 0; client < Clients; client++)
        {
            using var random = new TestRandom((1000 * round) + client);
            using var encoder = new ContributionEncoder(plan, new byte[32], NoiseShare.Draw(plan, random), random);
            var vector = new double[plan.Request.Dimension];
            Array.Fill(vector, 1);
            for (var k = 0; k < plan.Request.MaxContributionsPerClient; k++)
                Assert.NotEqual(EncodingOutcome.TooLong, encoder.Add(vector));
            var residues = encoder.Finish();
            for (var j = 0; j < sum.Length; j++)
                sum[j] = ModularRing.Reduce(unchecked((long)(sum[j] + residues[j])), plan.Request.RingBits);
        }

        var decoded = new AggregateDecoder(plan, new byte[32]).Decode(sum);
        return Math.Sqrt(decoded.Sum.Sum(v => v * v));
    }

    private static MechanismPlan Plan(int bits) => MechanismPlan.Derive(new MechanismRequest(
        PrivacyUnit.Patient, 0.5, 3, 1e-5, 10, Clients, 4, 1, 16, bits, 5)).Plan!;
}
