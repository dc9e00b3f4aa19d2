using System.Text;
using FedMeta.Protocol;

namespace FedMeta.Server.Enrolment;

/// <summary>
/// The secrets of invites that are out, one file each (mode 0600), removed when an invite is used, burnt or replaced.
/// They
/// stand apart from the journal, which is exported and holds their hashes only.
/// </summary>
internal sealed class InviteFiles(string folder)
{
    /// <summary>Keeps a secret until <see cref="Forget"/>.</summary>
    public void Keep(string client, InviteSecret secret)
    {
        PrivateFolder.Create(folder);
        DurableFile.Write(PathOf(client), Encoding.ASCII.GetBytes(secret.Reveal()), secret: true);
    }

    /// <summary>The secret of a client's invite, or null if there is none.</summary>
    public InviteSecret? Find(string client)
    {
        var path = PathOf(client);
        if (!File.Exists(path))
            return null;
        var text = EnvironmentFaults.Explaining(path, () => File.ReadAllText(path));
        return InviteSecret.TryParse(text, out var secret) ? secret : null;
    }

    /// <summary>Removes a secret.</summary>
    public void Forget(string client)
    {
        var path = PathOf(client);
        EnvironmentFaults.Explaining(path, () =>
        {
            if (File.Exists(path))
                File.Delete(path);
        });
    }

    private string PathOf(string client) => ClientId.IsValid(client)
        ? Path.Combine(folder, client)
        : throw new ArgumentException("not a client id", nameof(client));
}
