using System.Text;
using FedMeta.Client.Adaptation;
using FedMeta.Client.Data;
using FedMeta.Client.Models;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Rounds;

/// <summary>Every kind of model from the study file to a hospital's own evaluation.</summary>
public sealed class ModelKindTests
{
    [Theory]
    [InlineData("kind = \"linear\"", "maml")]
    [InlineData("kind = \"softmax\"\noutputs = 3", "maml")]
    [InlineData("kind = \"mlp-tanh\"\nlayers = [5]\nloss = \"mse\"", "meta-sgd")]
    [InlineData("kind = \"mlp-relu\"\nlayers = [5, 4]\noutputs = 3", "anil")]
    [InlineData("kind = \"conv-relu\"\nlayers = [1, 3]", "reptile")]
    [InlineData("kind = \"conv-relu\"\nlayers = [1, 2, 2]\noutputs = 3", "fomaml")]
    [InlineData("kind = \"conv-norm-relu\"\nlayers = [1, 2]\nloss = \"ce\"\noutputs = 2", "maml")]
    [InlineData("kind = \"cox\"", "maml")]
    [InlineData("kind = \"cox\"\nlayers = [4]", "bias-only")]
    public async Task A_study_of_the_kind_runs_and_its_model_is_adapted_and_judged(string model, string algorithm)
    {
        var isSurvival = model.Contains("cox", StringComparison.Ordinal);
        var draft = TestStudy.Draft
            .Replace("kind = \"logistic\"\nlayers = []", model, StringComparison.Ordinal)
            .Replace("age = [50, 10]\nchol = [220, 60]", "\"px_0..px_15\" = [0.5, 0.5]", StringComparison.Ordinal)
            .Replace("label = \"label\"", isSurvival ? "label = \"death\"\ntime = \"days\"" : "label = \"label\"",
                StringComparison.Ordinal)
            .Replace("algorithm = \"maml\"\nshots = 2", $"algorithm = \"{algorithm}\"\nshots = 4", StringComparison.Ordinal);
        Assert.Contains("px_0..px_15", draft, StringComparison.Ordinal);
        using var federation = new TestFederation(draft);
        for (var i = 0; i < 5; i++) File.WriteAllText(federation.Hospitals[i].DataFile, Csv((ulong)i, Classes(model)));
        federation.ApproveAll();

        var completed = await federation.RunAsync(1);
        Assert.Equal(5, completed.Included.Count);

        var (study, first) = (federation.Study, federation.Hospitals[0]);
        var data = new SiteFile(first.DataFile, first.Id).Read(study, 10, out var problems)!;
        Assert.Empty(problems);
        var meta = StudyModel.Read(federation.Models[federation.ModelHash], study)!;
        var report = HospitalEvaluation.Run(study, meta, new string('a', 64), data, new EvaluationOptions(Draws: 1));
        foreach (var row in report.Models)
        {
            Assert.True(double.IsFinite(row.Evaluation.Loss), row.Model);
            Assert.Equal(isSurvival, row.Evaluation.Concordance is not null);
        }

        if (!isSurvival) return;
        var adapted = report.Models.Single(row => row.Model.StartsWith("this hospital alone", StringComparison.Ordinal));
        Assert.InRange(adapted.Evaluation.Concordance!.Value!.Value, 0.6, 1);
        Assert.True(adapted.Evaluation.Concordance.Comparable > 100);
    }

    private static int Classes(string model) => model.Contains("outputs = 3", StringComparison.Ordinal) ? 3 : 2;

    // 4x4 images whose brightness decides the class, and the sooner the event the brighter.
    private static string Csv(ulong seed, int classes)
    {
        var source = new SeededGenerator(seed + 17);
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, 16).Select(i => $"px_{i}")) + ",label,death,days\n");
        for (var row = 0; row < 90; row++)
        {
            var brightness = source.NextUnit();
            for (var i = 0; i < 16; i++)
                text.Append(FormattableString.Invariant($"{brightness + (0.1 * source.NextNormal()):0.000},"));
            var days = 1 + (-Math.Log(1 - source.NextUnit()) * Math.Exp(4 * (1 - brightness)));
            var label = Math.Min(classes - 1, (int)(classes * brightness));
            text.Append(FormattableString.Invariant($"{label},{(row % 4 == 0 ? 0 : 1)},{days:0.00}\n"));
        }

        return text.ToString();
    }
}
