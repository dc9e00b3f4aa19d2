using System.Numerics;
using FedMeta.Tests.Support;

namespace FedMeta.Privacy.Tests.Oracles;

/// <summary>pipeline_vector.json: steps 2 to 6 with its deterministic rounding.</summary>
public class PipelineVector
{
    [SharedFact("oracles/dp/pipeline_vector.json")]
    public void Each_step_of_each_client_and_the_decoded_sum_equal_the_vector()
    {
        foreach (var row in OracleFile.Rows("pipeline_vector.json"))
        {
            var bits = row.Whole("bits");
            var scale = row.Number("scale");
            var padded = row.Whole("padded");
            var rotation = RandomizedHadamard.FromSigns([.. row.Integers("signs").Select(sign => (int)sign)]);
            var sum = new uint[padded];
            foreach (var client in row.GetProperty("clients").EnumerateArray())
            {
                var input = client.Numbers("input");
                var factor = L2Clip.Factor(input, row.Number("clip"));
                OracleFile.AssertClose(client.Number("clip_factor"), factor!.Value, 1e-12, "clip factor");
                var rotated = new double[padded];
                for (var j = 0; j < input.Length; j++) rotated[j] = input[j] * factor.Value;
                rotation.Rotate(rotated);
                var expected = client.Numbers("rotated");
                for (var j = 0; j < padded; j++) Assert.Equal(expected[j], rotated[j], 1e-12);

                var scaled = rotated.Select(value => value * scale).ToArray();
                var integers = new long[padded];
                var outcome = IntegerQuantizer.Quantize(scaled, integers, new HalfUpRounding(), BigInteger.One << 40);
                Assert.Equal(EncodingOutcome.Rounded, outcome);
                Assert.Equal(client.Integers("rounded"), integers);

                var noise = client.Integers("noise");
                var residues = integers.Select((value, j) => ModularRing.Reduce(value + noise[j], bits)).ToArray();
                Assert.Equal(client.Integers("mod_residue"), residues.Select(value => (long)value));
                for (var j = 0; j < padded; j++) sum[j] = (sum[j] + residues[j]) & ((1U << bits) - 1);
            }

            Assert.Equal(row.Integers("server_sum_mod"), sum.Select(value => (long)value));
            Assert.Equal(row.Integers("decoded_int"), sum.Select(value => ModularRing.Recentre(value, bits)));
            var decoded = sum.Select(value => ModularRing.Recentre(value, bits) / scale).ToArray();
            rotation.Unrotate(decoded);
            var expectedSum = row.Numbers("decoded");
            for (var j = 0; j < expectedSum.Length; j++) Assert.Equal(expectedSum[j], decoded[j], 1e-11);
        }
    }

    private sealed class HalfUpRounding : ICoordinateRounding
    {
        public long Round(double value) => (long)Math.Floor(value + 0.5);
    }
}
