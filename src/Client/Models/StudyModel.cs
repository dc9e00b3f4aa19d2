using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.Models;

/// <summary>A meta-model as a study's algorithm takes it.</summary>
/// <param name="File">The model file.</param>
/// <param name="State">The shared state (<see cref="ModelFile.StateOf"/>).</param>
internal sealed record StudyModel(ModelFile File, double[] State)
{
    /// <summary>Reads a model file; null where it is none, or not one of this study's model. Hostile bytes give
    /// null.</summary>
    public static StudyModel? Read(byte[] bytes, VerifiedStudy study)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        if (ModelFileReader.Read(stream).Model is not { } file) return null;

        // The initial model cannot name the study, whose hash depends on it; every other one does.
        if (file.StudyHash != study.Hash && Sha256Digest.Of(bytes) != study.InitialModel) return null;
        if (file.Spec != study.Model || !file.FeatureNames.SequenceEqual(study.Data.Features, StringComparer.Ordinal))
            return null;
        return file.StateOf(study.CreateAlgorithm()) is { } state ? new StudyModel(file, state) : null;
    }
}
