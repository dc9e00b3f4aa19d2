using FedMeta.Privacy;
using FedMeta.SecureAgg;

namespace FedMeta.Simulation.Auditing;

/// <summary>
/// What a coordinator sees that knows some hospitals' inputs: the sum without them. The inputs are fitted to the sum by
/// least squares and not just subtracted, so that noise which the hospitals have in common goes too.
/// </summary>
internal static class ColludersView
{
    /// <summary>The released vector in model units, as clean as the colluders can make it.</summary>
    public static double[] Of(MechanismPlan plan, byte[] rotation, RingVector sum, IReadOnlyList<RingVector> shown)
    {
        var values = Integers(sum);
        foreach (var vector in shown)
        {
            var known = Integers(vector);
            var square = Product(known, known);
            var fit = square == 0 ? 0 : Product(values, known) / square;
            for (var j = 0; j < values.Length; j++) values[j] -= fit * known[j];
        }

        for (var j = 0; j < values.Length; j++) values[j] /= plan.Scale;
        RandomizedHadamard.FromSeed(rotation, plan.PaddedDimension).Unrotate(values);
        return values;
    }

    private static double[] Integers(RingVector vector)
    {
        var values = new double[vector.Length];
        for (var j = 0; j < values.Length; j++)
        {
            // The signed integer of a residue: its lowest bits moved to the top and back with their sign.
            var unused = 64 - vector.RingBits;
            values[j] = (long)(vector[j] << unused) >> unused;
        }

        return values;
    }

    private static double Product(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++) sum += a[j] * b[j];
        return sum;
    }
}
