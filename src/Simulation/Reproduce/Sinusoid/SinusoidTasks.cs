using FedMeta.Learning;
using FedMeta.Simulation.Reproduce.FewShot;
using FedMeta.Simulation.Synthetic;

namespace FedMeta.Simulation.Reproduce.Sinusoid;

/// <summary>Each task a <see cref="SineWave"/> of its own.</summary>
/// <param name="support">Points to adapt on.</param>
/// <param name="query">Points to be judged on.</param>
internal sealed class SinusoidTasks(int support, int query) : ITaskSource
{
    /// <inheritdoc/>
    public MetaTask<float> Draw(SeededGenerator generator)
    {
        var points = support + query;
        var (x, y) = (new float[points], new float[points]);
        SineWave.Draw(generator).DrawPoints(generator, x, y);
        return new MetaTask<float>(new Batch<float>(x, y, points), support);
    }
}
