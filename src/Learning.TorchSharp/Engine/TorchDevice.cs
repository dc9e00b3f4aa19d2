namespace FedMeta.Learning.Torch;

/// <summary>Where TorchSharp is to compute.</summary>
public enum TorchDevice
{
    /// <summary>An NVIDIA device where one can be used, else the CPU.</summary>
    Any,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>The first NVIDIA device.</summary>
    Cuda,
}
