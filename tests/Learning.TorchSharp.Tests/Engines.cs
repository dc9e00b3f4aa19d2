namespace FedMeta.Learning.Torch.Tests;

/// <summary>The engines that this build and this machine have; the managed one is always there.</summary>
internal static class Engines
{
    /// <summary>TorchSharp on the CPU; null with the reason where it is not there.</summary>
    public static TorchSharpEngine? Torch { get; } = TorchSharpEngine.Find(TorchDevice.Cpu, out _);

    /// <summary>TorchSharp on an NVIDIA device; null where there is none.</summary>
    public static TorchSharpEngine? Cuda { get; } = TorchSharpEngine.Find(TorchDevice.Cuda, out _);

    /// <summary>By the names that theories use.</summary>
    public static IEngine Named(string name) => name switch
    {
        "managed" => ManagedEngine.Instance,
        "torchsharp" => Torch!,
        _ => Cuda!,
    };

    /// <summary>Those that are there.</summary>
    public static IReadOnlyList<string> Available { get; } =
        [.. new[] { "managed" }.Concat(Torch is null ? [] : ["torchsharp"]).Concat(Cuda is null ? [] : ["cuda"])];

    /// <summary>For theories.</summary>
    public static TheoryData<string> Names() => [.. Available];
}
