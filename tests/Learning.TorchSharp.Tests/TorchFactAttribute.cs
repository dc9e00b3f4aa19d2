namespace FedMeta.Learning.Torch.Tests;

/// <summary>A fact about TorchSharp itself; skipped with the reason where the build or the machine has none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchFactAttribute : FactAttribute
{
    /// <summary>Looks for it.</summary>
    public TorchFactAttribute()
    {
        if (TorchSharpEngine.Find(TorchDevice.Cpu, out var why) is null) Skip = why;
    }
}
