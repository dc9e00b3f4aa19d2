using FedMeta.Client.Homes;
using FedMeta.Protocol;

namespace FedMeta.Client.Enrolment;

/// <summary>Leaves the consortium. Nothing is sent: the operator revokes, and a key that is gone can sign
/// nothing.</summary>
internal static class Leaving
{
    /// <summary>Removes the key, the certificates and what studies had it keep of patients; with
    /// <paramref name="purge"/> everything that the agent ever wrote.</summary>
    /// <exception cref="FedMetaException">An agent runs in this home, or a file cannot be removed.</exception>
    public static void Leave(ClientHome home, bool purge)
    {
        var left = (string[])[home.JournalFolder, home.ModelsFolder, home.SiteStatesFolder];
        if (!home.IsInitialised && !Directory.Exists(home.IdentityFolder) && !(purge && left.Any(Directory.Exists)))
        {
            throw new FedMetaException(
                ExitCode.NotInitialised, $"there is nothing to leave in {home.StateFolder}",
                    "name the right folder with --home");
        }

        using (FolderLock.Take(home.LockFile, "fedmeta-client run"))
        {
            EnvironmentFaults.Explaining(home.StateFolder, () =>
            {
                RemoveFolder(home.IdentityFolder);
                RemoveFolder(home.SiteStatesFolder);
                File.Delete(home.ConfigurationFile);
                if (!purge) return;
                RemoveFolder(home.JournalFolder);
                RemoveFolder(home.ModelsFolder);
                File.Delete(home.PolicyFile);
                RemoveDrafts(home.ConfigurationFile);
                RemoveDrafts(home.PolicyFile);
            });
        }

        File.Delete(home.LockFile);
        if (!purge) return;

        // The folders themselves go where nothing of anybody else's is in them.
        foreach (var folder in (string[])[home.StateFolder, home.ConfigurationFolder])
        {
            var isEmpty = Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any();
            if (isEmpty) Directory.Delete(folder);
        }
    }

    // What a crash left of a file that was being written.
    private static void RemoveDrafts(string file)
    {
        foreach (var draft in Directory.GetFiles(Path.GetDirectoryName(file)!, $"{Path.GetFileName(file)}.*.new"))
            File.Delete(draft);
    }

    private static void RemoveFolder(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
