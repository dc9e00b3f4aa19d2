using System.Collections.Immutable;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Server.Studies;

/// <summary>The model file that a study starts from. It cannot name the study's hash, which depends on its
/// own.</summary>
internal static class InitialModel
{
    /// <summary>What stands where a study's hash would: 64 zeros.</summary>
    public static readonly string NoStudy = new('0', 64);

    /// <summary>The file's bytes; equal terms give equal bytes.</summary>
    public static byte[] Write(StudyTerms terms, StudyNumbers numbers)
    {
        var algorithm = MetaAlgorithms.Create<double>(numbers.Algorithm, numbers.Model);
        var state = algorithm.InitialState(numbers.Model.Initial((ulong)terms.Meta.Seed));
        return Write(terms, numbers.Model, algorithm, state, NoStudy,
            new Dictionary<string, string>
            {
                ["study"] = terms.Name,
                ["round"] = "0"
            }.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    /// <summary>A model file of a state vector.</summary>
    public static byte[] Write(StudyTerms terms, ModelSpec model, IMetaAlgorithm<double> algorithm, double[] state,
        string study,
        ImmutableSortedDictionary<string, string> provenance)
    {
        using var stream = new MemoryStream();
        ModelFileWriter.Write(new ModelFile
        {
            Spec = model,
            Theta = [.. state.AsSpan(0, model.ParameterCount)],
            InnerRates = [.. algorithm.InnerRates(state)],
            FeatureNames = [.. terms.Data.Features.Select(f => f.Name)],
            Scaling = new FeatureScaling([.. terms.Data.Features.Select(f => f.Centre)],
                [.. terms.Data.Features.Select(f => f.Scale)]),
            StudyHash = study,
            Provenance = provenance,
        }, stream);
        return stream.ToArray();
    }
}
