using FedMeta.Learning;

namespace FedMeta.Simulation.Synthetic;

/// <summary>y = amplitude · sin(x - phase): the regression tasks of Finn, Abbeel and Levine 2017, section
/// 5.1.</summary>
internal readonly record struct SineWave(double Amplitude, double Phase)
{
    /// <summary>Amplitude in 0.1 .. 5 and phase in 0 .. pi, both uniform.</summary>
    public static SineWave Draw(SeededGenerator generator) =>
        new(0.1 + (4.9 * generator.NextUnit()), Math.PI * generator.NextUnit());

    public double At(double x) => Amplitude * Math.Sin(x - Phase);

    /// <summary>Points with x uniform in -5 .. 5; y is that of the rounded x.</summary>
    public void DrawPoints(SeededGenerator generator, Span<float> x, Span<float> y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            x[i] = (float)((10 * generator.NextUnit()) - 5);
            y[i] = (float)At(x[i]);
        }
    }
}
