namespace FedMeta.Tests.Support;

/// <summary>Finds the folder <c>shared</c> that stands beside the project and holds reference values and real data.</summary>
public static class SharedFolder
{
    /// <summary>The absolute path of <paramref name="relative"/> inside the folder, or null where it is absent.</summary>
    public static string? Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "FedMeta.sln"))) continue;
            var candidate = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", relative));
            return Path.Exists(candidate) ? candidate : null;
        }

        return null;
    }
}
