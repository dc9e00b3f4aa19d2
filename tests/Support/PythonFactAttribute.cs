using Xunit;

namespace FedMeta.Tests.Support;

/// <summary>A fact that needs Python with numpy and says so when it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        if (Python.Lacks is { } why) Skip = why;
    }
}
