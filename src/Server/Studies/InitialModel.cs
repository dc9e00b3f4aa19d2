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

    /// <summary>The file's bytes; equal terms and equal weights give equal bytes.</summary>
    /// <param name="terms">The study's.</param>
    /// <param name="numbers">What follows from them.</param>
    /// <param name="given">Weights to start from, with the hash of their file; null: the seed gives them.</param>
    public static byte[] Write(StudyTerms terms, StudyNumbers numbers, GivenModel? given = null)
    {
        var algorithm = MetaAlgorithms.Create<double>(numbers.Algorithm, numbers.Model);
        var state = algorithm.InitialState(
            given is null ? numbers.Model.Initial((ulong)terms.Meta.Seed) : given.File.Theta.AsSpan());
        var provenance = new Dictionary<string, string>
        {
            ["study"] = terms.Name,
            ["round"] = "0"
        };
        if (given is not null)
        {
            provenance["initial"] = given.Hash;
            // Learned rates belong to the weights that they were learned with.
            if (numbers.Algorithm.Name == "meta-sgd")
                given.File.InnerRates.AsSpan().CopyTo(state.AsSpan(numbers.Model.ParameterCount));
            algorithm.Project(state);
        }

        return Write(terms, numbers.Model, algorithm, state, NoStudy,
            provenance.ToImmutableSortedDictionary(StringComparer.Ordinal));
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
            Control = algorithm is ISiteState<double> sites ? [.. state.AsSpan(state.Length - sites.OwnLength)] : [],
            FeatureNames = [.. terms.Data.Features.Select(f => f.Name)],
            Scaling = new FeatureScaling([.. terms.Data.Features.Select(f => f.Centre)],
                [.. terms.Data.Features.Select(f => f.Scale)]),
            StudyHash = study,
            Provenance = provenance,
        }, stream);
        return stream.ToArray();
    }
}
