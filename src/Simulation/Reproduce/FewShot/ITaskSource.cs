using FedMeta.Learning;

namespace FedMeta.Simulation.Reproduce.FewShot;

/// <summary>What one client draws its training tasks from.</summary>
internal interface ITaskSource
{
    /// <summary>A task that is a function of what <paramref name="generator"/> gives alone.</summary>
    MetaTask<float> Draw(SeededGenerator generator);
}
