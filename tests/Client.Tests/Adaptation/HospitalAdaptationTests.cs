using System.Text.Json;
using FedMeta.Client.Adaptation;
using FedMeta.Client.Commands;
using FedMeta.Client.Data;
using FedMeta.Client.Models;
using FedMeta.Client.Studies;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Adaptation;

public sealed class HospitalAdaptationTests : IDisposable
{
    private static readonly EvaluationOptions Options = new(Draws: 2);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private (VerifiedStudy Study, StudyModel Model, SiteData Data) Prepare(string csv, string? draft = null)
    {
        var keys = Enumerable.Range(0, 5).Select(_ => Identity.Create()).ToList();
        var (document,
            bytes) = TestStudy.Resolve(keys.Select((key, i) => new StudyMember($"s-{i}", "S", key.PublicKey)), draft);
        keys.ForEach(key => key.Dispose());
        var study = StudyVerification.Read(document).Study!;
        var data = new SiteFile(_folder.File("cohort.csv", csv), "late-comer").Read(study, 1, out _)!;
        return (study, StudyModel.Read(bytes, study)!, data);
    }

    [Fact]
    public void A_hospital_that_was_no_member_adapts_to_as_many_shots_as_it_says()
    {
        var (study, model, data) = Prepare(TestStudy.Csv(300, 1));
        Assert.Equal(20, HospitalAdaptation.Adapt(study, model, data.Train, 20).Patients);
        Assert.Equal(200, HospitalAdaptation.Adapt(study, model, data.Train, null).Patients);
        Assert.Equal(200, HospitalAdaptation.Adapt(study, model, data.Train, 5000).Patients);
        var none = HospitalAdaptation.Adapt(study, model, data.Train, 0);
        Assert.Equal(AdaptationChoice.None, none.Choice);
        Assert.NotEmpty(none.Reason);
    }

    [Fact]
    public void Both_halves_of_a_feature_hold_patients_even_where_most_have_its_largest_value()
    {
        var (study, _, _) = Prepare(TestStudy.Csv(30, 1));
        double[] first = [1, 2, 3, 4, 5, 5, 5, 5, 5, 5];
        var width = study.Model.Inputs;
        var inputs = new double[first.Length * width];
        for (var i = 0; i < first.Length; i++) inputs[i * width] = first[i];
        var groups = Subgroups.Of(
            study, new Batch<double>(inputs, new double[first.Length], first.Length), study.Data.Features[0]);
        Assert.Equal([4, 6], groups.Select(group => group.Rows.Length));
    }

    [Fact]
    public void The_adapted_model_is_a_model_file_that_says_where_it_comes_from()
    {
        var (study, model, data) = Prepare(TestStudy.Csv(300, 1));
        var result = HospitalAdaptation.Adapt(study, model, data.Train, null);
        using var stream = new MemoryStream();
        ModelFileWriter.Write(HospitalAdaptation.ToFile(study, model, new string('a', 64), result), stream);
        stream.Position = 0;
        var file = ModelFileReader.Read(stream).Model!;
        Assert.Equal(study.Hash, file.StudyHash);
        Assert.Equal(result.Theta, file.Theta);
        Assert.Contains("not to be shared", file.Provenance["privacy"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_evaluation_compares_seven_models_on_the_held_out_patients_alone()
    {
        var (study, model, data) = Prepare(TestStudy.Csv(300, 1));
        var report = HospitalEvaluation.Run(study, model, new string('a', 64), data, Options);
        Assert.Equal((200, 100), (report.TrainRows, report.TestRows));
        Assert.Equal(7, report.Models.Count);
        Assert.All(report.Models, row => Assert.Equal(100, row.Evaluation.Patients));
        Assert.True(report.Models[5].Evaluation.Loss < report.Models[0].Evaluation.Loss);
        var json = JsonSerializer.Serialize(report, OutputShapes.Default.EvaluationReport);
        Assert.Contains("\"auroc_interval\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void With_one_class_held_out_the_AUROC_is_null_and_the_rest_stands()
    {
        var lines = TestStudy.Csv(90, 1).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var one = string.Join('\n', lines.Take(1).Concat(lines.Skip(1).Select(line =>
        {
            var cells = line.Split(',');
            return $"{cells[0]},{cells[1]},1,{cells[3]}";
        })));
        var (study, model, data) = Prepare(one + "\n");
        var report = HospitalEvaluation.Run(study, model, new string('a', 64), data, Options);
        Assert.All(report.Models, row => Assert.Null(row.Evaluation.Auroc));
        Assert.All(report.Models, row => Assert.True(double.IsFinite(row.Evaluation.Loss)));
    }

    [Fact]
    public void A_study_of_averaging_beside_gets_its_rows_and_comparisons()
    {
        var (study, model, data) = Prepare(TestStudy.Csv(300, 1));
        var alone = HospitalEvaluation.Run(study, model, new string('a', 64), data, Options);
        Assert.Contains(alone.Missing, m => m.Contains("--beside", StringComparison.Ordinal));
        var report = HospitalEvaluation.Run(
            study, model, new string('a', 64), data, Options with { Beside = Beside(Averaging) });
        Assert.Equal(
            ["averaging (fedavg), unadapted", "averaging (fedavg) + intercept recalibration",
                "averaging (fedavg) + 10 plain steps, unguarded"],
            report.Models.Skip(7).Select(row => row.Model));
        Assert.Equal(9, report.Comparisons.Count);
        Assert.DoesNotContain(report.Missing, m => m.Contains("averaging", StringComparison.Ordinal));
        Assert.Contains(report.Missing, m => m.Contains("pooled", StringComparison.Ordinal));
        Assert.Equal(
            alone.Models.Select(row => (row.Model, row.Evaluation.Loss, row.Evaluation.LossInterval)),
            report.Models.Take(7).Select(row => (row.Model, row.Evaluation.Loss, row.Evaluation.LossInterval)));
    }

    /// <summary>The other study takes the same rows in units of its own.</summary>
    [Fact]
    public void A_model_beside_is_judged_on_rows_scaled_as_its_own_study_says()
    {
        var (study, model, data) = Prepare(TestStudy.Csv(300, 1));
        var beside = Beside(Averaging.Replace("chol = [220, 60]", "chol = [100, 600]", StringComparison.Ordinal));
        Assert.NotEqual(data.Test.Inputs.ToArray(), beside.Data.Test.Inputs.ToArray());
        double[] here = [0.7, -0.4, 0.2], there = [0.7, -4, 0.2 - 0.4 * (100 - 220) / 60.0];
        var ours = Judgement.Of(study.CreateModel(), here, data.Test);
        beside = beside with
        {
            Model = beside.Model with { File = beside.Model.File with { Theta = [.. there] }, State = there },
        };
        Assert.Equal(ours.Loss, beside.Judged(10, 0.1).First().Judged.Loss, 1e-9);
    }

    [Theory]
    [InlineData("name = \"heart\"", "name = \"heart\"", "is the study that is evaluated")]
    [InlineData("shots = 2", "shots = 2\nseed = 7", "holds out other patients of this hospital")]
    [InlineData("kind = \"logistic\"", "kind = \"linear\"", "predicts another kind of outcome")]
    [InlineData("label = \"label\"", "label = \"other\"", "takes the outcome from another column")]
    [InlineData("algorithm = \"maml\"", "algorithm = \"protonet\"", "model is made by a forward pass")]
    public void What_would_be_no_fair_comparison_is_refused_in_words(string key, string value, string words)
    {
        var csv = string.Join('\n', TestStudy.Csv(300, 1).TrimEnd().Split('\n')
            .Select((line, i) => line + (i == 0 ? ",other" : $",{i % 2}")));
        var (study, model, data) = Prepare(csv);
        var draft = TestStudy.Draft.Replace(key, value, StringComparison.Ordinal);
        if (value.Contains("protonet", StringComparison.Ordinal))
            draft = draft.Replace("kind = \"logistic\"\nlayers = []", "kind = \"mlp-relu\"\nlayers = [4]",
                StringComparison.Ordinal);
        var beside = words.StartsWith("is the study", StringComparison.Ordinal)
            ? new BesideModel(study, model, data) : Beside(draft, csv);
        var refused = Assert.Throws<FedMetaException>(() => HospitalEvaluation.Run(
            study, model, new string('a', 64), data, Options with { Beside = beside }));
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    private static string Averaging => TestStudy.Draft
        .Replace("name = \"heart\"", "name = \"averaging\"", StringComparison.Ordinal)
        .Replace("algorithm = \"maml\"", "algorithm = \"fedavg\"", StringComparison.Ordinal);

    private BesideModel Beside(string draft, string? csv = null)
    {
        var (study, model, data) = Prepare(csv ?? TestStudy.Csv(300, 1), draft);
        return new BesideModel(study, model, data);
    }

    [Fact]
    public void A_model_of_another_study_is_not_taken()
    {
        var (study, _, _) = Prepare(TestStudy.Csv(30, 1));
        Assert.Null(StudyModel.Read([1, 2, 3], study));
        Assert.Null(StudyModel.Read(new byte[5000], study));
    }
}
