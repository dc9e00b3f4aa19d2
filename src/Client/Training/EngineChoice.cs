using FedMeta.Client.Configuration;
using FedMeta.Learning;
using FedMeta.Learning.Torch;
using FedMeta.Protocol;

namespace FedMeta.Client.Training;

/// <summary>Looks for TorchSharp: the engine, or null, and in words what was found or is missing.</summary>
internal delegate (IEngine? Engine, string Why) TorchFinder(TorchDevice device);

/// <summary>The engine that trains at this hospital, and why that one.</summary>
/// <param name="Engine">What builds models.</param>
/// <param name="Why">In words, one line.</param>
/// <param name="Refusal">Why it must not train a study's model; null where it may.</param>
internal sealed record EngineChoice(IEngine Engine, string Why, Func<ModelSpec, string?> Refusal)
{
    /// <summary>One line for log and doctor.</summary>
    public string Text => $"{Engine.Name} on {Engine.Device}: {Why}";

    /// <summary>Chooses by what client.toml says. On the CPU <c>auto</c> takes the managed engine, which is the faster one
    /// there and gives the same bits everywhere.</summary>
    /// <param name="settings">The hospital's.</param>
    /// <param name="report">Told in words when the managed engine takes over from a device; from any thread.</param>
    /// <param name="find">Looks for TorchSharp.</param>
    /// <exception cref="FedMetaException">What is asked for is not there.</exception>
    public static EngineChoice Of(ClientSettings settings, Action<string> report, TorchFinder? find = null)
    {
        find ??= device => (TorchSharpEngine.Find(device, out var why), why);
        var isAsked = settings.Engine == "torchsharp";
        switch (settings)
        {
            case { Engine: "managed", Device: "cuda" }:
                throw Missing("the managed engine computes on the CPU alone");
            case { Engine: "managed" }:
                return Managed("client.toml asks for it");
            case { Engine: "auto", Device: "cpu" }:
                return Managed("client.toml asks for the CPU");
        }

        var wanted = settings.Device == "cpu" ? TorchDevice.Cpu
            : settings.Device == "cuda" || !isAsked ? TorchDevice.Cuda
            : TorchDevice.Any;
        var (engine, why) = find(wanted);
        if (engine is null)
            return isAsked || settings.Device == "cuda" ? throw Missing(why) : Managed(why);
        Func<ModelSpec, string?> lacks = TorchSharpEngine.Refusal;
        return new EngineChoice(
            new FallbackEngine(engine, isAsked ? _ => null : lacks, report),
            isAsked ? "client.toml asks for it" : why,
            isAsked ? lacks : _ => null);
    }

    private static EngineChoice Managed(string why) => new(ManagedEngine.Instance, why, _ => null);

    private static FedMetaException Missing(string why) => new(ExitCode.Configuration, why,
        "set engine and device in [training] of client.toml to \"auto\", or see docs/gpu.md");
}
