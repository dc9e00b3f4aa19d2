using System.Collections.Immutable;

namespace FedMeta.Learning;

/// <summary>
/// A model to hand over: parameters, what they mean, and where they come from. On disk it has the safetensors layout
/// (<see cref="ModelFileWriter"/>, <see cref="ModelFileReader"/>), so other tools can read the tensors.
/// </summary>
public sealed record ModelFile
{
    /// <summary>The key of <see cref="Provenance"/> under which an adapted model says how it was adapted: its parameters
    /// hold one hospital's patients without noise, and nobody else is to have them.</summary>
    public const string AdaptationKey = "adaptation";

    /// <summary>The model.</summary>
    public required ModelSpec Spec { get; init; }

    /// <summary>Its parameters, <see cref="ModelSpec.ParameterCount"/> finite numbers.</summary>
    public required ImmutableArray<double> Theta { get; init; }

    /// <summary>Inner rates per coordinate, for adapting it; as long as theta.</summary>
    public required ImmutableArray<double> InnerRates { get; init; }

    /// <summary>The mean control variate of a study whose sites keep one (<see cref="ISiteState{T}"/>), as long as
    /// theta; empty in every other model.</summary>
    public ImmutableArray<double> Control { get; init; } = [];

    /// <summary>Names of the inputs, in order; <see cref="ModelSpec.Inputs"/> of them.</summary>
    public required ImmutableArray<string> FeatureNames { get; init; }

    /// <summary>Public scaling constants of the inputs.</summary>
    public required FeatureScaling Scaling { get; init; }

    /// <summary>Hash of the study that it comes from, hexadecimal SHA-256.</summary>
    public required string StudyHash { get; init; }

    /// <summary>Where it comes from, in the study's words: round, privacy claim and the like. Keys and values are
    /// text.</summary>
    public required ImmutableSortedDictionary<string, string> Provenance { get; init; }

    /// <summary>The shared state of <paramref name="algorithm"/> that the file holds: theta, and what follows it where
    /// the state is longer (Meta-SGD's inner rates, the mean control variate of SCAFFOLD); null where it holds another
    /// algorithm's.</summary>
    public double[]? StateOf(IMetaAlgorithm<double> algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        var keeps = algorithm is ISiteState<double>;
        if (keeps == Control.IsEmpty) return null;
        if (keeps) return [.. Theta, .. Control];
        return algorithm.UploadLength > Theta.Length ? [.. Theta, .. InnerRates] : [.. Theta];
    }

    /// <summary>Everything that keeps the parts from being one model, in words.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Theta.Length != Spec.ParameterCount)
            problems.Add($"{Theta.Length} parameters are not the {Spec.ParameterCount} of the model");
        if (InnerRates.Length != Theta.Length) problems.Add("every parameter needs one inner rate");
        if (!FlatVector.IsFinite<double>(Theta.AsSpan())) problems.Add("a parameter is not finite");
        if (!Control.IsEmpty && Control.Length != Theta.Length)
            problems.Add("every parameter needs one control variate, or none has one");
        if (!FlatVector.IsFinite<double>(Control.AsSpan())) problems.Add("a control variate is not finite");
        if (!FlatVector.IsFinite<double>(InnerRates.AsSpan())) problems.Add("an inner rate is not finite");
        if (FeatureNames.Length != Spec.Inputs) problems.Add("every input needs one name");
        if (Scaling.Centre.Length != Spec.Inputs) problems.Add("every input needs one centre and one scale");
        if (FeatureNames.Distinct(StringComparer.Ordinal).Count() != FeatureNames.Length)
            problems.Add("two inputs have the same name");
        if (StudyHash.Length != 64 || !StudyHash.All(char.IsAsciiHexDigitLower))
            problems.Add("the study hash is no SHA-256 in lower-case hexadecimal");
        return problems;
    }
}
