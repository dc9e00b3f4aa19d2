namespace FedMeta.Protocol.Tests;

/// <summary>A fact that needs a disk of its own, and says so where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        if (!SmallDisk.IsAvailable) Skip = "no right to mount a file system here";
    }
}
