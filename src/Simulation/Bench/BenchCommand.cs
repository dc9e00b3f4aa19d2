using System.CommandLine;

namespace FedMeta.Simulation.Bench;

/// <summary><c>fedmeta-sim bench</c>: how fast this machine is at what takes time.</summary>
internal static class BenchCommand
{
    public static Command Create(TimeProvider time) => new("bench", "Measure how fast this machine is.")
    {
        SecAggBenchCommand.Create(time),
        PldBenchCommand.Create(time),
        SamplerBenchCommand.Create(time),
        EngineBenchCommands.Gemm(),
        EngineBenchCommands.Mlp(),
        EngineBenchCommands.Conv4(),
        EngineBenchCommands.Sinusoid(),
    };
}
