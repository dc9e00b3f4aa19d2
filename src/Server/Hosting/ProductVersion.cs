using System.Reflection;

namespace FedMeta.Server.Hosting;

/// <summary>The version of this program.</summary>
internal static class ProductVersion
{
    /// <summary>As in 0.1.0.</summary>
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetName().Version?.ToString(3)
        ?? throw new InvalidOperationException("the assembly has no version");
}
