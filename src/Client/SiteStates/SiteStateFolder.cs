using System.Security.Cryptography;
using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.SiteStates;

/// <summary>
/// The vectors that this hospital keeps from round to round for algorithms that want one, a file for each study,
/// readable by the agent's user alone. Which of a file's two vectors holds is decided when the next attempt begins, by
/// what the server counted last: whatever this process missed in between, by a crash or a broken line, the answer is
/// the same (docs/adr/0043-what-a-hospital-keeps-between-rounds.md).
/// </summary>
internal sealed class SiteStateFolder(string folder)
{
    /// <summary>The vector for an attempt; null where the study's algorithm keeps none. Nothing is written.</summary>
    /// <param name="study">The study.</param>
    /// <param name="counted">The newest attempt with this hospital that gave a model, as the server says; (0, 0) where
    /// there is none.</param>
    /// <exception cref="FedMetaException">The file is there and the system does not let it be read.</exception>
    public OwnVector? Enter(VerifiedStudy study, (uint Round, uint Attempt) counted)
    {
        if (study.CreateAlgorithm() is not ISiteState<double> sites) return null;
        var wrong = Read(study, sites.OwnLength, out var file);
        if (file is not null && counted == file.Counted) return new OwnVector(sites, counted, file.Current, null);
        if (file is not null && counted == file.Pending) return new OwnVector(sites, counted, file.Next, null);

        // Zero is right where no attempt counted, whatever became of the file.
        var isLost = counted != default || file is not null && file.Counted != default;
        wrong ??= $"it is not of round {counted.Round}, attempt {counted.Attempt}, which the server counted last";
        return new OwnVector(sites, counted, new double[sites.OwnLength], isLost ? wrong : null);
    }

    /// <summary>Puts on the disk what the vector becomes if the attempt counts; to be called before anything of the
    /// attempt leaves.</summary>
    /// <exception cref="FedMetaException">Disk full or permission; the file before is unharmed.</exception>
    public void Keep(VerifiedStudy study, OwnVector own, (uint Round, uint Attempt) attempt)
    {
        PrivateFolder.Create(folder);
        var bytes = new SiteStateFile(own.Counted, own.Vector, attempt, own.Next).Write(study);
        DurableFile.Write(PathOf(study.Hash), bytes, secret: true);
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>Removes a study's vectors, and what a crash left of writing them.</summary>
    /// <exception cref="FedMetaException">Permission.</exception>
    public void Remove(string study) => EnvironmentFaults.Explaining(folder, () =>
    {
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.GetFiles(folder, $"{study}.*")) File.Delete(file);
    });

    private string? Read(VerifiedStudy study, int length, out SiteStateFile? file)
    {
        file = null;
        var path = PathOf(study.Hash);
        if (!File.Exists(path)) return "its file is missing";
        var bytes = EnvironmentFaults.Explaining(path, () => File.ReadAllBytes(path));
        var wrong = SiteStateFile.TryRead(bytes, study, length, out file);
        CryptographicOperations.ZeroMemory(bytes);
        return wrong;
    }

    private string PathOf(string study) => Path.Combine(folder, $"{study}.vectors");
}
