using Xunit;

namespace FedMeta.Tests.Support;

/// <summary>A theory that needs a file of <c>../shared</c> and says so when it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedTheoryAttribute : TheoryAttribute
{
    /// <param name="relative">Path inside the shared folder, for example <c>oracles/meta</c>.</param>
    public SharedTheoryAttribute(string relative)
    {
        if (SharedFolder.Find(relative) is null) Skip = $"../shared/{relative} is not beside this checkout";
    }
}
