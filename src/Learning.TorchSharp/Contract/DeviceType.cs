namespace TorchSharp;

/// <summary>Where tensors live; the two that are asked for.</summary>
public enum DeviceType
{
    /// <summary>Main memory.</summary>
    CPU = 0,

    /// <summary>An NVIDIA device.</summary>
    CUDA = 1,
}
