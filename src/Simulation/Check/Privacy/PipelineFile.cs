using System.Numerics;
using System.Text.Json;
using FedMeta.Privacy;

namespace FedMeta.Simulation.Check.Privacy;

/// <summary>Clip, rotate, scale, round, add noise, reduce, sum, decode: step by step.</summary>
internal sealed class PipelineFile()
    : TableFormat("pipeline_vector", "dim", "padded", "bits", "scale", "clip", "signs", "clients")
{
    protected override void CheckRow(OracleFile file, OracleRow row, CheckReport report)
    {
        var (bits, scale, padded) = (row.Whole("bits"), row.Number("scale"), row.Whole("padded"));
        var rotation = RandomizedHadamard.FromSigns([.. row.Vector("signs").Select(sign => (int)sign)]);
        report.Absolute(row.Id, "padded", rotation.PaddedDimension, padded, 0);
        var sum = new ulong[padded];
        foreach (var client in row.Element("clients").EnumerateArray())
        {
            var residues = CheckClient(row, client, rotation, scale, bits, report);
            for (var j = 0; j < padded; j++) sum[j] = (sum[j] + residues[j]) & ModularRing.Mask(bits);
        }

        report.Vector(row.Id, "server_sum_mod", [.. sum.Select(v => (double)v)], row.Vector("server_sum_mod"), 0);
        double[] decoded = [.. sum.Select(v => (double)ModularRing.Recentre(v, bits))];
        report.Vector(row.Id, "decoded_int", decoded, row.Vector("decoded_int"), 0);
        report.Vector(row.Id, "true_int_sum", decoded, row.Vector("true_int_sum"), 0);
        for (var j = 0; j < padded; j++) decoded[j] /= scale;
        rotation.Unrotate(decoded);
        report.Vector(row.Id, "decoded", decoded.AsSpan(0, row.Whole("dim")), row.Vector("decoded"), 1e-9);
    }

    private static ulong[] CheckClient(
        OracleRow row, JsonElement client, RandomizedHadamard rotation, double scale, int bits, CheckReport report)
    {
        var input = client.Vector("input");
        var factor = L2Clip.Factor(input, row.Number("clip")) ?? throw new FormatException("the input is not finite");
        report.Relative(row.Id, "clients.clip_factor", factor, client.Number("clip_factor"), 1e-9);
        report.Relative(row.Id, "clients.l2", Math.Sqrt(input.Sum(x => x * x)), client.Number("l2"), 1e-9);
        var rotated = new double[rotation.PaddedDimension];
        for (var j = 0; j < input.Length; j++) rotated[j] = input[j] * factor;
        rotation.Rotate(rotated);
        report.Vector(row.Id, "clients.rotated", rotated, client.Vector("rotated"), 1e-9);

        var integers = new long[rotated.Length];
        IntegerQuantizer.Quantize([.. rotated.Select(v => v * scale)], integers, new HalfUp(), BigInteger.One << 40);
        report.Vector(row.Id, "clients.rounded", [.. integers.Select(v => (double)v)], client.Vector("rounded"), 0);
        var noise = client.Vector("noise");
        long[] noisy = [.. integers.Select((value, j) => value + (long)noise[j])];
        report.Vector(row.Id, "clients.noisy", [.. noisy.Select(v => (double)v)], client.Vector("noisy"), 0);
        ulong[] residues = [.. noisy.Select(value => ModularRing.Reduce(value, bits))];
        report.Vector(row.Id, "clients.mod_residue", [.. residues.Select(v => (double)v)],
            client.Vector("mod_residue"), 0);
        return residues;
    }

    /// <summary>The vector's own rounding; the product rounds stochastically.</summary>
    private sealed class HalfUp : ICoordinateRounding
    {
        public long Round(double value) => (long)Math.Floor(value + 0.5);
    }
}
