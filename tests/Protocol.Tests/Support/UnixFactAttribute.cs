namespace FedMeta.Protocol.Tests;

/// <summary>A fact about files and rights of Unix.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "Windows has other rights and devices";
    }
}
