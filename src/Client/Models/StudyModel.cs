using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.Models;

/// <summary>A meta-model as a study's algorithm takes it.</summary>
/// <param name="File">The model file.</param>
/// <param name="State">The shared state: theta, for Meta-SGD followed by the inner rates.</param>
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
        var withRates = study.CreateAlgorithm().UploadLength > file.Theta.Length;
        double[] state = withRates ? [.. file.Theta, .. file.InnerRates] : [.. file.Theta];
        return new StudyModel(file, state);
    }
}
