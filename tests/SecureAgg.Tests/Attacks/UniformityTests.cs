namespace FedMeta.SecureAgg.Tests;

public class UniformityTests
{
    private const int Bins = 256;

    [Theory]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(32)]
    public void What_the_server_receives_looks_uniform_for_very_different_inputs_and_the_sum_is_exact(int bits)
    {
        // The counts of the bytes of one client's upload for two inputs, each against uniform and against each other.
        var zeros = Upload(bits, _ => 0);
        var ramp = Upload(bits, i => (uint)(i % 7) + (RingPacking.Mask(bits) - 7));

        Assert.True(TailProbability(AgainstUniform(zeros)) > 1e-6);
        Assert.True(TailProbability(AgainstUniform(ramp)) > 1e-6);
        Assert.True(TailProbability(AgainstEachOther(zeros, ramp)) > 1e-6);
    }

    [Fact]
    public void The_test_sees_an_input_that_is_not_masked()
    {
        var bare = RingPacking.Pack([RingVector.Of([.. Enumerable.Range(0, 50_000).Select(i => (uint)i * 21)], 20)]);
        Assert.True(TailProbability(AgainstUniform(bare)) < 1e-6);
        Assert.InRange(TailProbability(255), 0.4, 0.6);
        Assert.InRange(TailProbability(310.457), 0.008, 0.012);
    }

    private static byte[] Upload(int bits, Func<int, uint> entry)
    {
        var round = new Simulated(Consortium.Round(5, 4, 50_000, bits), seed: 77 + bits);
        var input = round.Inputs["site-002"][0].Narrow;
        for (var i = 0; i < input.Length; i++) input[i] = entry(i);
        round.Until(AggregationPhase.CollectMaskedInput);
        var upload = ((MaskedInputMessage)round.Sent["site-002"]).Packed.ToArray();
        round.ToTheEnd();
        round.AssertExact(round.Inputs.Keys);
        return upload;
    }

    private static double[] Counts(byte[] bytes)
    {
        var counts = new double[Bins];
        foreach (var value in bytes) counts[value]++;
        return counts;
    }

    private static double AgainstUniform(byte[] bytes)
    {
        var expected = bytes.Length / (double)Bins;
        return Counts(bytes).Sum(count => (count - expected) * (count - expected) / expected);
    }

    private static double AgainstEachOther(byte[] first, byte[] second) =>
        Counts(first).Zip(Counts(second), (a, b) => (a - b) * (a - b) / (a + b)).Sum();

    // Wilson and Hilferty: the cube root of chi-square over its degrees of freedom is nearly normal.
    private static double TailProbability(double chiSquare)
    {
        const double degrees = Bins - 1;
        var variance = 2 / (9 * degrees);
        var z = (Math.Cbrt(chiSquare / degrees) - (1 - variance)) / Math.Sqrt(variance);
        return z < 0 ? 1 - UpperTail(-z) : UpperTail(z);
    }

    // Abramowitz and Stegun 26.2.17, absolute error below 7.5e-8.
    private static double UpperTail(double z)
    {
        var t = 1 / (1 + (0.2316419 * z));
        double[] coefficients = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.319381530];
        var series = coefficients.Aggregate(0.0, (sum, coefficient) => t * (sum + coefficient));
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * series;
    }
}
