using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.Heart;

/// <summary>
/// z = (x - mean) / deviation with the mean and sample standard deviation of given patients. A feature that is constant
/// among them gives z = 0: divided by almost nothing, one other value would become a million. |z| is cut at
/// <see cref="FeatureScaling.Limit"/>. In a study the constants are public and never computed from patients in the
/// clear; published results with such scaling cannot be reproduced without.
/// </summary>
internal sealed class LearnedScaling
{
    private readonly double[] _mean;
    private readonly double[] _deviation;

    private LearnedScaling(double[] mean, double[] deviation) => (_mean, _deviation) = (mean, deviation);

    /// <summary>The scaling of two patients or more.</summary>
    public static LearnedScaling Of(Batch<double> patients)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patients.Count, 2);
        var width = patients.InputWidth;
        var x = patients.Inputs.Span;
        var (mean, deviation) = (new double[width], new double[width]);
        for (var i = 0; i < x.Length; i++) mean[i % width] += x[i] / patients.Count;
        for (var i = 0; i < x.Length; i++)
            deviation[i % width] += (x[i] - mean[i % width]) * (x[i] - mean[i % width]) / (patients.Count - 1);
        for (var j = 0; j < width; j++)
        {
            // A constant's mean may be rounded; what is left of its deviation then is far below this.
            var spread = Math.Sqrt(deviation[j]);
            deviation[j] = spread > 1e-12 * (1 + Math.Abs(mean[j])) ? spread : 0;
        }

        return new LearnedScaling(mean, deviation);
    }

    /// <summary>The patients with scaled features.</summary>
    public Batch<double> Apply(Batch<double> patients)
    {
        var z = patients.Inputs.ToArray();
        for (var i = 0; i < z.Length; i++)
        {
            var j = i % _mean.Length;
            z[i] = _deviation[j] > 0
                ? Math.Clamp((z[i] - _mean[j]) / _deviation[j], -FeatureScaling.Limit, FeatureScaling.Limit) : 0;
        }

        return new Batch<double>(z, patients.Targets, patients.Count);
    }
}
