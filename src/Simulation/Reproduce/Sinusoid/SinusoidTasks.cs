using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.FewShot;

namespace FedMeta.Simulation.Reproduce.Sinusoid;

/// <summary>y = amplitude · sin(x - phase) with amplitude in 0.1 .. 5, phase in 0 .. pi and x in -5 .. 5, all uniform:
/// the regression tasks of Finn, Abbeel and Levine 2017, section 5.1.</summary>
/// <param name="support">Points to adapt on.</param>
/// <param name="query">Points to be judged on.</param>
internal sealed class SinusoidTasks(int support, int query) : ITaskSource
{
    /// <inheritdoc/>
    public MetaTask<float> Draw(SeededGenerator generator)
    {
        var amplitude = 0.1 + 4.9 * generator.NextUnit();
        var phase = Math.PI * generator.NextUnit();
        var points = support + query;
        var (x, y) = (new float[points], new float[points]);
        for (var i = 0; i < points; i++)
        {
            x[i] = (float)(10 * generator.NextUnit() - 5);
            y[i] = (float)(amplitude * Math.Sin(x[i] - phase));
        }

        return new MetaTask<float>(new Batch<float>(x, y, points), support);
    }
}
