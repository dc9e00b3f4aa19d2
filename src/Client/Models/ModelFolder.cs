using FedMeta.Protocol;

namespace FedMeta.Client.Models;

/// <summary>Model files by their hash; each is checked whenever it is read.</summary>
internal sealed class ModelFolder(string folder)
{
    /// <summary>The file of a hash; null where there is none, or it is not what its name says.</summary>
    public byte[]? Read(Sha256Digest hash)
    {
        var path = PathOf(hash);
        if (!File.Exists(path)) return null;
        var bytes = EnvironmentFaults.Explaining(path, () => File.ReadAllBytes(path));
        return Sha256Digest.Of(bytes) == hash ? bytes : null;
    }

    /// <summary>Keeps a file under its hash.</summary>
    /// <exception cref="FedMetaException">Disk full or permission.</exception>
    public void Keep(Sha256Digest hash, byte[] bytes)
    {
        PrivateFolder.Create(folder);
        DurableFile.Write(PathOf(hash), bytes);
    }

    private string PathOf(Sha256Digest hash) => Path.Combine(folder, $"{hash}.safetensors");
}
