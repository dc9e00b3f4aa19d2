using System.Reflection;

[assembly: AssemblyMetadata("FedMeta.Contract", "TorchSharp")]

namespace TorchSharp;

/// <summary>What every body of the contract does.</summary>
internal static class Absent
{
    public static PlatformNotSupportedException Error =>
        new("this build has no TorchSharp; docs/gpu.md says how to build with it");
}
