namespace FedMeta.Tests.Support;

/// <summary>Finds the folder <c>shared</c> beside the checkout, which holds reference values and real data.</summary>
public static class SharedFolder
{
    /// <summary>
    /// The absolute path of <paramref name="relative"/> inside the folder, or null where it is absent.
    /// </summary>
    public static string? Find(string relative)
    {
        var candidate = Path.GetFullPath(Path.Combine(CheckoutFolder.Root, "..", "shared", relative));
        return Path.Exists(candidate) ? candidate : null;
    }
}
