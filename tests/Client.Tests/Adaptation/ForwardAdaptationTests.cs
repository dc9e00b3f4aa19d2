using FedMeta.Client.Adaptation;
using FedMeta.Client.Data;
using FedMeta.Client.Models;
using FedMeta.Client.Studies;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Adaptation;

/// <summary>Studies whose model becomes the hospital's by a forward pass, from the study file to the file of the adapted
/// model.</summary>
public sealed class ForwardAdaptationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("protonet", "mlp-relu")]
    [InlineData("cnp", "cnp")]
    public void The_adapted_model_is_an_ordinary_network_that_reads_back(string algorithm, string kind)
    {
        var (study, model, data) = Prepare(algorithm, kind, TestStudy.Csv(120, 1));
        var result = HospitalAdaptation.Adapt(study, model, data.Train, shots: 40);
        Assert.Equal((5, 40), (result.Candidates.Length, result.Patients));
        Assert.Contains("a forward pass ", result.Reason, StringComparison.Ordinal);
        using var bytes = new MemoryStream();
        ModelFileWriter.Write(HospitalAdaptation.ToFile(study, model, new string('0', 64), result), bytes);
        bytes.Position = 0;
        var file = ModelFileReader.Read(bytes).Model!;
        Assert.Equal(ModelSpec.FromStudy("mlp-relu", 2, 1, [4]), file.Spec);
        Assert.Equal(result.Theta, file.Theta);
        Assert.Equal(result.Name, file.Provenance[ModelFile.AdaptationKey]);
    }

    [Theory]
    [InlineData("protonet", "mlp-relu")]
    [InlineData("cnp", "cnp")]
    public void A_hospital_trains_for_it_and_the_vectors_are_of_the_studys_length(string algorithm, string kind)
    {
        var (study, model, data) = Prepare(algorithm, kind, TestStudy.Csv(120, 1));
        var lengths = new List<int>();
        study.CreateUpdate(ManagedEngine.Instance).Compute(
            model.State, data.Train, 1, 100, vector =>
            {
                lengths.Add(vector.Length);
                Assert.All(vector, number => Assert.True(double.IsFinite(number)));
            },
            default);
        Assert.Equal(data.Train.Count / 8, lengths.Count);
        Assert.All(lengths, length => Assert.Equal(study.Model.ParameterCount, length));
    }

    [Theory]
    [InlineData("protonet", "mlp-relu")]
    [InlineData("cnp", "cnp")]
    public void Evaluation_compares_it_with_the_shared_model_and_what_the_hospital_could_do_alone(
        string algorithm, string kind)
    {
        var (study, model, data) = Prepare(algorithm, kind, TestStudy.Csv(120, 1));
        var report = HospitalEvaluation.Run(study, model, new string('0', 64), data, new EvaluationOptions(Draws: 1));
        Assert.Contains(report.Models, row => row.Model.Contains("forward pass", StringComparison.Ordinal));
        Assert.Equal(8, report.Models.Count);
        Assert.Equal(5, report.Candidates.Count);
        Assert.Contains(report.Curves, curve => curve.Way == AdaptationWays.ByTheGuard);
        Assert.All(report.Models, row => Assert.Equal(data.Test.Count, row.Evaluation.Patients));
    }

    [Fact]
    public void A_hospital_without_patients_of_both_classes_is_told_so_in_words()
    {
        var csv = "age,chol,label\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{40 + (i % 30)},{200 + i},1\n"));
        var (study, model, data) = Prepare("protonet", "mlp-relu", csv);
        var result = HospitalAdaptation.Adapt(study, model, data.Train, null);
        Assert.Equal(AdaptationChoice.PrevalenceOnly, result.Choice);
        Assert.Contains("class 0", result.Reason, StringComparison.Ordinal);
        var report = HospitalEvaluation.Run(study, model, new string('0', 64), data, new EvaluationOptions(Draws: 1));
        Assert.Contains("class 0", report.Adaptation, StringComparison.Ordinal);
        Assert.Empty(HospitalAdaptation.Warnings(study, model, result, data.Train));

        // Without any patient there is not even a prevalence.
        var refused = Assert.Throws<FedMetaException>(() => HospitalAdaptation.Adapt(study, model, data.Train, 0));
        Assert.Contains("class 0, 1", refused.Message, StringComparison.Ordinal);

        // A neural process needs no class in particular.
        (study, model, data) = Prepare("cnp", "cnp", csv);
        Assert.NotEmpty(HospitalAdaptation.Adapt(study, model, data.Train, null).Theta);
    }

    /// <summary>Prototypes are made of the hospital's patients: before them there is no ranking to be wrong.</summary>
    [Fact]
    public void A_network_without_prototypes_is_not_said_to_rank_backwards()
    {
        var (study, model, data) = Prepare("protonet", "mlp-relu", TestStudy.Csv(120, 1));
        var (ordinary, shared) = HospitalAdaptation.Ordinary(study, model);
        var logits = new double[data.Test.Count];
        ordinary.CreateModel().Predict(shared.File.Theta.AsSpan(), data.Test.Inputs.Span, logits);
        Assert.Equal(new double[logits.Length], logits);
    }

    private (VerifiedStudy Study, StudyModel Model, SiteData Data) Prepare(string algorithm, string kind, string csv)
    {
        var draft = TestStudy.Draft
            .Replace("algorithm = \"maml\"\nshots = 2", $"algorithm = \"{algorithm}\"\nshots = 4", StringComparison.Ordinal)
            .Replace("kind = \"logistic\"\nlayers = []", $"kind = \"{kind}\"\nlayers = [4]", StringComparison.Ordinal);
        var keys = Enumerable.Range(0, 5).Select(_ => Identity.Create()).ToList();
        var (document, bytes) = TestStudy.Resolve(
            keys.Select((key, i) => new StudyMember($"s-{i}", "S", key.PublicKey)), draft);
        keys.ForEach(key => key.Dispose());
        var (study, problems) = StudyVerification.Read(document);
        Assert.Empty(problems);
        var data = new SiteFile(_folder.File($"{algorithm}-{csv.Length}.csv", csv), "late-comer").Read(study!, 1, out _)!;
        return (study!, StudyModel.Read(bytes, study!)!, data);
    }
}
