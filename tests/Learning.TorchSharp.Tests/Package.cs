using System.Reflection;
using System.Runtime.Loader;
using TorchSharp;

namespace FedMeta.Learning.Torch.Tests;

/// <summary>TorchSharp.dll of the package, beside the contract of the same name.</summary>
internal static class Package
{
    /// <summary>An environment variable with the path of a TorchSharp.dll.</summary>
    public const string Variable = "FEDMETA_TORCHSHARP";

    /// <summary>Whether this build stands over the contract.</summary>
    public static bool IsAbsent { get; } = typeof(torch).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Any(attribute => attribute.Key == "FedMeta.Contract");

    /// <summary>Named by <see cref="Variable"/>, else the newest in the folder that NuGet keeps; null where there is
    /// none.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable(Variable) ?? Restored();

    /// <summary>Loads it beside the contract.</summary>
    public static Assembly Load() => new AssemblyLoadContext("package", isCollectible: true).LoadFromAssemblyPath(Path!);

    private static string? Restored()
    {
        var root = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? System.IO.Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var folder = System.IO.Path.Combine(root, "torchsharp");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "TorchSharp.dll", SearchOption.AllDirectories)
                .Where(file => !file.Contains("netstandard", StringComparison.Ordinal))
                .OrderByDescending(file => file, StringComparer.Ordinal).FirstOrDefault()
            : null;
    }
}

/// <summary>A fact about the contract; skipped where the build links the package itself.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractFactAttribute : FactAttribute
{
    /// <summary>Looks which one it is.</summary>
    public ContractFactAttribute()
    {
        if (!Package.IsAbsent) Skip = "this build links TorchSharp itself; the compiler held the engine against it";
    }
}

/// <summary>A fact about contract and package; skipped where there are not both.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PackageFactAttribute : FactAttribute
{
    /// <summary>Looks for the package.</summary>
    public PackageFactAttribute()
    {
        if (!Package.IsAbsent) Skip = "this build links TorchSharp itself; the compiler held the engine against it";
        else if (Package.Path is null)
            Skip = $"the package TorchSharp is not restored here; {Package.Variable}=/path/of/TorchSharp.dll names one";
    }
}
