using System.CommandLine;
using FedMeta.Simulation.Reproduce.Heart;
using FedMeta.Simulation.Reproduce.NewHospital;
using FedMeta.Simulation.Reproduce.Omniglot;
using FedMeta.Simulation.Reproduce.PatientPrivacy;
using FedMeta.Simulation.Reproduce.Sinusoid;

namespace FedMeta.Simulation.Reproduce;

/// <summary><c>fedmeta-sim reproduce</c>: results that others published or measured, computed again with this library,
/// in this process.</summary>
internal static class ReproduceCommand
{
    public static Command Create(TimeProvider time) => new("reproduce",
        "Compute published results again and leave a table (Markdown and JSON) of every figure with its spread.")
    {
        HeartCommand.Create(),
        NewHospitalCommand.Create(),
        PatientPrivacyCommand.Create(time),
        SinusoidCommand.Create(),
        OmniglotCommand.Create(),
    };
}
