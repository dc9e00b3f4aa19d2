using System.Globalization;
using FedMeta.Learning;
using FedMeta.Protocol;
using FedMeta.Server.Models;

namespace FedMeta.Server.Studies;

/// <summary>A model file that a study shall start from.</summary>
/// <param name="File">What it holds.</param>
/// <param name="Hash">SHA-256 of its bytes, hex.</param>
internal sealed record GivenModel(ModelFile File, string Hash)
{
    /// <summary>Most bytes of a file: the largest model that a study may ask for fits.</summary>
    public const int MaxBytes = 1 << 30;

    /// <summary>The file of a hash, or why it cannot be used.</summary>
    public static (GivenModel? Model, string? Problem) Find(ModelStore models, ReadOnlySpan<byte> hash)
    {
        if (!Sha256Digest.TryFrom(hash, out var digest) || !models.HasModel(digest.ToString()))
            return (null, "the model to start from is not here; give its file with --initial FILE");
        using var stream = new MemoryStream(models.Model(digest.ToString()), writable: false);
        var reading = ModelFileReader.Read(stream);
        return reading.Model is { } file ? (new(file, digest.ToString()), null) : (null, reading.Refusal);
    }

    /// <summary>Everything in which the file's model is another one than the study's, or none that all hospitals may
    /// have, in words.</summary>
    public IReadOnlyList<string> Differences(StudyTerms terms, ModelSpec model)
    {
        if (File.Provenance.ContainsKey(ModelFile.AdaptationKey))
            return ["the model to start from was adapted to one hospital's patients without noise, and every hospital "
                + "would receive it"];
        if (File.Spec != model)
            return [$"the model to start from is '{File.Spec.Text}' and the study's is '{model.Text}'"];
        var problems = new List<string>();
        for (var i = 0; i < terms.Data.Features.Count; i++)
        {
            var feature = terms.Data.Features[i];
            var (name, centre, scale) = (File.FeatureNames[i], File.Scaling.Centre[i], File.Scaling.Scale[i]);
            if (name != feature.Name)
            {
                problems.Add($"input {i + 1} of the model to start from is '{PlainText.Show(name)}' and the study's is "
                    + $"'{feature.Name}'");
            }
            else if (centre != feature.Centre || scale != feature.Scale)
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture,
                    $"the model to start from takes '{name}' as [{centre}, {scale}] and the study as "
                        + $"[{feature.Centre}, {feature.Scale}]"));
            }
        }

        return problems.Count <= MaxProblems
            ? problems
            : [.. problems[..MaxProblems], $"and {problems.Count - MaxProblems} more inputs differ"];
    }

    private const int MaxProblems = 5;
}
