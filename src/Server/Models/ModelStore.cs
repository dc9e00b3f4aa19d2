using System.Security.Cryptography;
using FedMeta.Protocol;

namespace FedMeta.Server.Models;

/// <summary>
/// Meta-models and optimiser states under the SHA-256 of their bytes. A file never changes; one that was written
/// twice is the
/// same file.
/// </summary>
internal sealed class ModelStore(string folder)
{
    private const string Models = ".safetensors", Optimizers = ".optimizer", Probes = ".probe.csv";

    /// <summary>Keeps a meta-model; the answer is its name, 64 hex digits.</summary>
    public string KeepModel(ReadOnlySpan<byte> bytes) => Keep(bytes, Models);

    /// <summary>Keeps an optimiser's state.</summary>
    public string KeepOptimizer(ReadOnlySpan<byte> bytes) => Keep(bytes, Optimizers);

    /// <summary>Keeps a study's public probe set.</summary>
    public string KeepProbe(ReadOnlySpan<byte> bytes) => Keep(bytes, Probes);

    /// <summary>Whether there is such a meta-model.</summary>
    public bool HasModel(string hash) => File.Exists(Path.Combine(folder, hash + Models));

    /// <summary>A meta-model's bytes.</summary>
    /// <exception cref="FedMetaException">It is missing or damaged.</exception>
    public byte[] Model(string hash) => Read(hash, Models);

    /// <summary>An optimiser's saved state.</summary>
    /// <exception cref="FedMetaException">It is missing or damaged.</exception>
    public byte[] Optimizer(string hash) => Read(hash, Optimizers);

    /// <summary>A probe set's bytes.</summary>
    /// <exception cref="FedMetaException">It is missing or damaged.</exception>
    public byte[] Probe(string hash) => Read(hash, Probes);

    /// <summary>The folder is made where it is missing.</summary>
    public void Create() => EnvironmentFaults.Explaining(folder, () => Directory.CreateDirectory(folder));

    private string Keep(ReadOnlySpan<byte> bytes, string kind)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var path = Path.Combine(folder, hash + kind);
        if (!File.Exists(path))
            DurableFile.Write(path, bytes);
        return hash;
    }

    private byte[] Read(string hash, string kind)
    {
        if (!Sha256Digest.TryParse(hash, out _))
            throw new ArgumentException("a model is named by 64 hexadecimal digits", nameof(hash));
        var path = Path.Combine(folder, hash + kind);
        var bytes = EnvironmentFaults.Explaining(path, () => File.ReadAllBytes(path));
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == hash
            ? bytes
            : throw new FedMetaException(ExitCode.JournalDamaged,
                $"{path} is damaged: its bytes are not those it is named after",
                "restore the file from a backup");
    }
}
