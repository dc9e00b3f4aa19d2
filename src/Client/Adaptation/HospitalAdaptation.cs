using System.Collections.Immutable;
using System.Globalization;
using FedMeta.Client.Data;
using FedMeta.Client.Models;
using FedMeta.Client.Studies;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.Adaptation;

/// <summary>
/// Makes a study's meta-model the hospital's own, on its own training rows and under the guard. Nothing leaves:
/// neither the rows, nor the adapted model, nor how well it does.
/// </summary>
internal static class HospitalAdaptation
{
    // Which rows are the K shots; a number of its own, so that they are not the first rows of a fold.
    private const ulong ShotsLabel = 0x73686f7473;

    /// <summary>Adapts to some of the training rows.</summary>
    /// <param name="study">The study.</param>
    /// <param name="model">Its meta-model.</param>
    /// <param name="train">The hospital's training rows.</param>
    /// <param name="shots">How many of them to use, drawn with the study's seed; null for all.</param>
    public static AdaptationResult<double> Adapt(
        VerifiedStudy study, StudyModel model, Batch<double> train, int? shots) =>
        Adapt(study, model, Support(study, train, shots));

    /// <summary>The rows that an adaptation to so many shots uses, drawn with the study's seed; null for
    /// all.</summary>
    public static Batch<double> Support(VerifiedStudy study, Batch<double> train, int? shots)
    {
        if (shots is not { } count || count >= train.Count) return train;
        var order = new SeededGenerator(SeededGenerator.Derive(study.Seed, ShotsLabel)).Permutation(train.Count);
        return train.Select(order.AsSpan(0, count));
    }

    private static AdaptationResult<double> Adapt(VerifiedStudy study, StudyModel model, Batch<double> support)
    {
        var algorithm = study.CreateAlgorithm();
        if (algorithm is IForwardAdaptation<double> forward) return Forward(forward, study, model, support);
        return GuardedAdaptation.Adapt<double>(
            study.CreateModel(),
            model.File.Theta.AsSpan(),
            algorithm.InnerRates(model.State),
            support,
            Settings(study, algorithm));
    }

    /// <summary>Guard and folds of a study.</summary>
    public static AdaptationSettings Settings(VerifiedStudy study, IMetaAlgorithm<double> algorithm) =>
        new(Seed: study.Seed, Pull: algorithm.AdaptationPull);

    /// <summary>What the hospital should look at before it trusts the adapted model, in words.</summary>
    /// <param name="study">The study.</param>
    /// <param name="model">Its meta-model.</param>
    /// <param name="result">The adaptation.</param>
    /// <param name="support">The rows that it was adapted to.</param>
    public static IReadOnlyList<string> Warnings(
        VerifiedStudy study, StudyModel model, AdaptationResult<double> result, Batch<double> support)
    {
        var (ordinary, shared) = Ordinary(study, model);
        var warnings = SupportWarnings.Of(
            ordinary.CreateModel(), shared.File.Theta.AsSpan(), support, study.Seed).ToList();
        if (result.ConstantInputs.Length > 0)
        {
            warnings.Add("the same for all patients here, so their weights were left as shared: "
                + string.Join(", ", result.ConstantInputs.Select(input => study.Data.Features[input])));
        }

        if (result.Intervention is { } guard) warnings.Add($"the guard stepped in: {guard}");
        return warnings;
    }

    /// <summary>
    /// A study whose algorithm adapts by a forward pass, and its model, as an ordinary network that has seen no
    /// patient, and gives every patient the same where its last layer comes from patients. Any other study is returned
    /// as it is.
    /// </summary>
    public static (VerifiedStudy Study, StudyModel Model) Ordinary(VerifiedStudy study, StudyModel model)
    {
        if (study.CreateAlgorithm() is not IForwardAdaptation<double> forward) return (study, model);
        var without = forward.Adapt(ManagedEngine.Instance, model.State, Nobody);
        var theta = without.Problem is null ? without.Theta : (double[])model.State.Clone();
        if (without.Problem is not null) theta.AsSpan(without.Spec.HeadOffset).Clear(); // no patient, no prototype
        var rates = Enumerable.Repeat(study.Algorithm.InnerRate, theta.Length);
        return (
            study with { Model = without.Spec, Algorithm = study.Algorithm with { Name = "fedavg" } },
            new StudyModel(
                model.File with { Spec = without.Spec, Theta = [.. theta], InnerRates = [.. rates] }, theta));
    }

    private static AdaptationResult<double> Forward(
        IForwardAdaptation<double> algorithm, VerifiedStudy study, StudyModel model, Batch<double> support)
    {
        if (support.Count < 2 && algorithm.Adapt(ManagedEngine.Instance, model.State, Nobody).Problem is { } problem)
        {
            throw new FedMetaException(ExitCode.Data, $"the model cannot be adapted here: {problem}",
                "adapt to more of the labelled patients, or use a study of another algorithm");
        }

        return GuardedForwardPass.Adapt(
            algorithm, ManagedEngine.Instance, model.State, support, Settings(study, study.CreateAlgorithm()));
    }

    private static Batch<double> Nobody => new(ReadOnlyMemory<double>.Empty, ReadOnlyMemory<double>.Empty, 0);

    /// <summary>The adapted model as a file, with where it comes from.</summary>
    /// <param name="study">The study.</param>
    /// <param name="model">The meta-model that was adapted.</param>
    /// <param name="modelHash">Hash of its file.</param>
    /// <param name="result">The adaptation.</param>
    public static ModelFile ToFile(
        VerifiedStudy study, StudyModel model, string modelHash, AdaptationResult<double> result) =>
        Ordinary(study, model).Model.File with
        {
            Theta = [.. result.Theta],
            Control = [],
            StudyHash = study.Hash,
            Provenance = ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal)
                .Add("study", study.Name)
                .Add("meta-model", modelHash)
                .Add(ModelFile.AdaptationKey, result.Name)
                .Add("patients", result.Patients.ToString(CultureInfo.InvariantCulture))
                .Add("privacy", "adapted on patients of one hospital without noise: not to be shared"),
        };
}
