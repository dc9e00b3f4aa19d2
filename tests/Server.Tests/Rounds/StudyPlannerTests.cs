using System.Text;
using FedMeta.Protocol;
using FedMeta.Server.Studies;
using FedMeta.Server.Tests.Harness;

namespace FedMeta.Server.Tests.Rounds;

/// <summary>What <c>study check</c> finds that the file alone does not show.</summary>
public sealed class StudyPlannerTests
{
    [Fact]
    public void A_unit_that_the_algorithm_has_no_claim_for_is_refused_with_the_reason()
    {
        var draft = Encoding.UTF8.GetString(Drafts.Patients())
            .Replace("kind = \"logistic\"", "kind = \"cox\"", StringComparison.Ordinal)
            .Replace("label = \"label\"", "label = \"label\"\ntime = \"time\"", StringComparison.Ordinal);
        var problem = Assert.Single(Problems(draft));
        Assert.Contains("patient cannot be claimed for fedsgd", problem, StringComparison.Ordinal);
        Assert.Contains("no patient has a gradient alone", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("patient")]
    [InlineData("task")]
    public void Scaffold_is_refused_for_a_patient_and_a_task_with_the_reason(string unit)
    {
        var draft = Encoding.UTF8.GetString(Drafts.Sound())
            .Replace("\"maml\"", "\"scaffold\"", StringComparison.Ordinal)
            .Replace("unit = \"patient\"", $"unit = \"{unit}\"", StringComparison.Ordinal);
        var problem = Assert.Single(Problems(draft));
        Assert.Contains($"{unit} cannot be claimed for scaffold", problem, StringComparison.Ordinal);
        Assert.Contains("no clip per task bounds a patient", problem, StringComparison.Ordinal);
        Assert.Empty(Problems(draft.Replace($"unit = \"{unit}\"", "unit = \"site\"", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("protonet", "mlp-relu")]
    [InlineData("cnp", "cnp")]
    [InlineData("ditto", "mlp-relu")]
    public void A_study_of_a_model_with_hidden_layers_has_its_numbers(string algorithm, string kind)
    {
        var draft = Encoding.UTF8.GetString(Drafts.Sound(layers: "4"))
            .Replace("\"maml\"", $"\"{algorithm}\"", StringComparison.Ordinal)
            .Replace("\"mlp-relu\"", $"\"{kind}\"", StringComparison.Ordinal);
        Assert.Empty(Problems(draft));
    }

    /// <summary>A hundred steps of 64 million parameters would be kept: 48 GiB at every hospital.</summary>
    [Theory]
    [InlineData("maml", 100, true)]
    [InlineData("meta-sgd", 100, true)]
    [InlineData("maml", 1, false)]
    [InlineData("reptile", 100, false)]
    public void Inner_steps_that_no_hospital_could_keep_are_refused_in_words(string algorithm, int steps, bool refused)
    {
        var draft = Encoding.UTF8.GetString(Drafts.Sound(layers: "8000, 8000"))
            .Replace("\"maml\"", $"\"{algorithm}\"\ninner_steps = {steps}", StringComparison.Ordinal);
        Assert.Equal(
            refused,
            Problems(draft).Any(problem => problem.Contains("keeps every inner step", StringComparison.Ordinal)));
    }

    private static IReadOnlyList<string> Problems(string draft)
    {
        var reading = StudyDraft.Read(Encoding.UTF8.GetBytes(draft));
        Assert.Empty(reading.Problems);
        return StudyPlanner.Derive(reading.Value!, 5).Problems;
    }
}
