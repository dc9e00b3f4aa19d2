using Xunit;

namespace FedMeta.Tests.Support;

/// <summary>A fact that needs a disk of its own, and says so where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    /// <summary>Skips where no disk can be mounted.</summary>
    public SmallDiskFactAttribute()
    {
        if (!SmallDisk.IsAvailable) Skip = "no right to mount a file system here";
    }
}
