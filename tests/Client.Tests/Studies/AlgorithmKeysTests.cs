using System.Text;
using FedMeta.Client.Studies;
using FedMeta.Client.Tests.Rounds;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Studies;

/// <summary>The study file's table of algorithms and the library's are written in two projects that may not see each
/// other.</summary>
public class AlgorithmKeysTests
{
    private static readonly (AlgorithmKeys Flag, string Line)[] Keys =
    [
        (AlgorithmKeys.Steps, "inner_steps = 3"),
        (AlgorithmKeys.Rate, "inner_rate = 0.05"),
        (AlgorithmKeys.Batch, "batch = 2"),
        (AlgorithmKeys.Proximal, "proximal = 0.5"),
        (AlgorithmKeys.LocalRate, "local_rate = 0.05"),
    ];

    public static TheoryData<string> Names => [.. MetaAlgorithms.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_study_takes_the_keys_that_its_algorithm_uses_and_no_others(string algorithm)
    {
        var uses = MetaAlgorithms.Find(algorithm)!.Keys;
        foreach (var (flag, line) in Keys)
        {
            var reading = Read(Draft(algorithm, line));
            if (uses.HasFlag(flag)) Assert.Empty(reading.Problems);
            else Assert.Contains("has no meaning for", Assert.Single(reading.Problems).What, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("site", true)]
    [InlineData("task", false)]
    [InlineData("patient", false)]
    public void A_study_may_have_scaffold_for_the_site_and_for_nobody_else(string unit, bool sound)
    {
        var keys = Enumerable.Range(0, 5).Select(_ => Identity.Create()).ToList();
        var draft = TestStudy.Scaffold.Replace("unit = \"site\"", $"unit = \"{unit}\"", StringComparison.Ordinal);
        var (document, _) = TestStudy.Resolve(
            keys.Select((key, i) => new StudyMember($"s-{i}", "S", key.PublicKey)), draft);
        keys.ForEach(key => key.Dispose());
        var (study, problems) = StudyVerification.Read(document);
        Assert.Equal(sound, study is not null);
        if (sound) return;
        var problem = Assert.Single(problems);
        Assert.Contains($"not sound for the unit {unit}", problem, StringComparison.Ordinal);
        Assert.Contains("one patient changes every task", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Scaffold_has_no_mean_to_keep_where_groups_are_combined() => Assert.Contains(
        "what groups are combined to is no mean",
        Assert.Single(Read(TestStudy.Scaffold.Replace(
            "min_peers = 5", "min_peers = 5\nrobust = \"buckets\"", StringComparison.Ordinal)).Problems).What,
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_the_file_says_is_what_the_hospital_trains_with(string algorithm)
    {
        var uses = MetaAlgorithms.Find(algorithm)!.Keys;
        var lines = string.Join('\n', Keys.Where(key => uses.HasFlag(key.Flag)).Select(key => key.Line));
        var keys = Enumerable.Range(0, 6).Select(_ => Identity.Create()).ToList();
        try
        {
            var settings = TestStudy.Verified(keys, Draft(algorithm, lines)).Algorithm;
            Assert.Equal(algorithm, settings.Name);
            Assert.Equal(uses.HasFlag(AlgorithmKeys.Steps) ? 3 : 1, settings.InnerSteps);
            Assert.Equal(uses.HasFlag(AlgorithmKeys.Rate) ? 0.05 : 0.1, settings.InnerRate);
            Assert.Equal(uses.HasFlag(AlgorithmKeys.Batch) ? 2 : 0, settings.BatchSize);
            Assert.Equal(uses.HasFlag(AlgorithmKeys.Proximal) ? 0.5 : 1, settings.Proximal);
            Assert.Equal(uses.HasFlag(AlgorithmKeys.LocalRate) ? 0.05 : 0.1, settings.LocalRate);
        }
        finally
        {
            keys.ForEach(key => key.Dispose());
        }
    }

    [Theory]
    [InlineData("cnp", "kind = \"mlp-relu\"\nlayers = [4]", "go together")]
    [InlineData("maml", "kind = \"cnp\"\nlayers = [4]", "go together")]
    [InlineData("protonet", "kind = \"logistic\"\nlayers = []", "no hidden layer")]
    [InlineData("protonet", "kind = \"mlp-relu\"\nlayers = [4]\nloss = \"mse\"", "predicts classes")]
    public void A_model_that_the_algorithm_cannot_have_is_refused(string algorithm, string model, string words) =>
        Assert.Contains(words, Assert.Single(Read(TestStudy.Draft
            .Replace("algorithm = \"maml\"", $"algorithm = \"{algorithm}\"", StringComparison.Ordinal)
            .Replace("kind = \"logistic\"\nlayers = []", model, StringComparison.Ordinal)).Problems).What,
            StringComparison.Ordinal);

    /// <summary>A combination that a study file can spell and that has no sound claim.</summary>
    [Fact]
    public void Gradients_of_single_patients_are_refused_for_survival_with_the_reason()
    {
        var keys = Enumerable.Range(0, 5).Select(_ => Identity.Create()).ToList();
        var draft = TestStudy.Patients
            .Replace("kind = \"logistic\"", "kind = \"cox\"", StringComparison.Ordinal)
            .Replace("label = \"label\"", "label = \"label\"\ntime = \"time\"", StringComparison.Ordinal);
        var (document, _) = TestStudy.Resolve(
            keys.Select((key, i) => new StudyMember($"s-{i}", "S", key.PublicKey)), draft);
        keys.ForEach(key => key.Dispose());
        var problem = Assert.Single(StudyVerification.Read(document).Problems);
        Assert.Contains("not sound for the unit patient", problem, StringComparison.Ordinal);
        Assert.Contains("no patient has a gradient alone", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_probe_of_a_model_that_predicts_nothing_unadapted_is_refused() => Assert.Contains(
        "no meaning for protonet",
        Assert.Single(Read(Draft("protonet", "") + $"\n[checks]\nprobe = \"{new string('a', 64)}\"").Problems).What,
        StringComparison.Ordinal);

    private static StudyReading<StudyTerms> Read(string draft) => StudyDraft.Read(Encoding.UTF8.GetBytes(draft));

    private static string Draft(string algorithm, string lines) => Model(algorithm, TestStudy.Draft).Replace(
        "algorithm = \"maml\"", $"algorithm = \"{algorithm}\"\n{lines}", StringComparison.Ordinal)
        .Replace("unit = \"patient\"", "unit = \"site\"", StringComparison.Ordinal);

    private static string Model(string algorithm, string draft) => algorithm is "protonet" or "cnp"
        ? draft.Replace("kind = \"logistic\"\nlayers = []",
            $"kind = \"{(algorithm == "cnp" ? "cnp" : "mlp-relu")}\"\nlayers = [4]", StringComparison.Ordinal)
        : draft;
}
