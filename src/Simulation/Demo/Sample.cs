using FedMeta.Protocol;
using FedMeta.Simulation.Synthetic;

namespace FedMeta.Simulation.Demo;

/// <summary>A study of the samples folder that runs with one command.</summary>
/// <param name="Name">Of the file, without its ending.</param>
/// <param name="Family">The tasks that are invented for it; null: it wants real data.</param>
internal sealed record Sample(string Name, TaskFamily? Family)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Sample> All { get; } =
    [
        new("sinusoid-maml", TaskFamily.Named("sinusoid")),
        new("line-tasks", TaskFamily.Named("lines")),
        new("linear-fedavg", TaskFamily.Named("linear")),
        new("heart-metasgd", null),
    ];

    /// <summary>The sample of a name.</summary>
    /// <exception cref="FedMetaException">There is none.</exception>
    public static Sample Named(string name) => All.FirstOrDefault(sample => sample.Name == name)
        ?? throw new FedMetaException(ExitCode.NotFound, $"there is no sample '{name}'",
            $"choose one of {string.Join(", ", All.Select(sample => sample.Name))}");
}
