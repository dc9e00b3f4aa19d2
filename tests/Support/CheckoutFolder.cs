namespace FedMeta.Tests.Support;

/// <summary>The checkout that the tests were built from.</summary>
public static class CheckoutFolder
{
    /// <summary>The absolute path of the folder that holds FedMeta.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The absolute path of a file or folder of the checkout.</summary>
    public static string At(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FedMeta.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("These tests run inside a checkout that holds FedMeta.sln.");
    }
}
