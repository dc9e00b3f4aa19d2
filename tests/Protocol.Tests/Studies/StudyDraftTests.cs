using System.Text;

namespace FedMeta.Protocol.Tests;

public class StudyDraftTests
{
    [Fact]
    public void The_heart_sample_is_a_draft_without_problems()
    {
        var reading = StudyDraft.Read(Samples.Heart);
        Assert.Empty(reading.Problems);
        var terms = reading.Value!;
        Assert.Equal("heart", terms.Name);
        Assert.Equal(13, terms.Data.Features.Count);
        Assert.Equal(new Feature("age", 54, 9), terms.Data.Features[0]);
        Assert.Equal(("logistic", 1), (terms.Model.Kind, terms.Model.Outputs));
        Assert.Equal(new AggregationTerms(4, 5, 3, 32), terms.Aggregation);
        Assert.Equal(new PrivacyTerms("patient", 3.0, 1e-5, 0.1, 1), terms.Privacy);
        Assert.Equal(new RoundTerms(20, TimeSpan.FromSeconds(10), 4), terms.Rounds);
    }

    [Fact]
    public void Canonical_text_is_a_draft_that_writes_itself_again()
    {
        var once = StudyDraft.Read(Samples.Heart).Value!.ToCanonicalText();
        var twice = StudyDraft.Read(Encoding.UTF8.GetBytes(once)).Value!.ToCanonicalText();
        Assert.Equal(once, twice);
        Assert.Contains("quorum = 4\n", once, StringComparison.Ordinal);
        Assert.Contains("delta = 1e-5\n", once, StringComparison.Ordinal);
        Assert.DoesNotContain("#", once, StringComparison.Ordinal);
    }

    [Fact]
    public void All_problems_are_named_at_a_time_with_their_lines()
    {
        var text = File.ReadAllText(Samples.Heart)
            .Replace("threshold = 4 ", "treshold = 4 ", StringComparison.Ordinal)
            .Replace("epsilon = 3.0", "epsilon = \"three\"", StringComparison.Ordinal)
            .Replace("shots = 4 ", "shots = 0 ", StringComparison.Ordinal);
        var problems = StudyDraft.Read(Encoding.UTF8.GetBytes(text)).Problems;
        Assert.Contains(problems, p => p.Line == 42 && p.Hint == "did you mean 'threshold'?");
        Assert.Contains(problems, p => p.Line == 0 && p.What == "'aggregation.threshold' is missing");
        Assert.Contains(problems, p => p.Line == 48 && p.What == "'privacy.epsilon' is a text");
        Assert.Contains(problems, p => p.Line == 35 && p.What == "'meta.shots' is 0");
        Assert.Equal(4, problems.Count);
    }

    [Theory]
    [InlineData("min_peers = 5 ", "min_peers = 3 ", "could never reach the threshold")]
    [InlineData("colluders = 1", "colluders = 2", "fewer than 3 honest inputs")]
    [InlineData("min_peers = 5 ", "min_peers = 8 ", "need not share an honest hospital")]
    [InlineData("min_rows = 20", "min_rows = 7", "less than the 8 patients of one task")]
    [InlineData("label = \"label\"", "label = \"age\"", "is a feature as well")]
    [InlineData("fold = \"fold\"", "fold = \"label\"", "is the label as well")]
    [InlineData("layers = []", "layers = [3]", "has hidden layers")]
    [InlineData("kind = \"logistic\"", "kind = \"mlp-relu\"", "has no hidden layer")]
    [InlineData("kind = \"logistic\"", "kind = \"softmax\"", "has one output")]
    [InlineData("layers = []", "outputs = 2", "has 2 outputs")]
    [InlineData("count = 20", "count = 20\nquorum = 2", "less than the threshold")]
    [InlineData("age = [54, 9]", "age = [54, 0]", "has no centre and scale")]
    [InlineData("age = [54, 9]", "age = [54]", "has no centre and scale")]
    [InlineData("deadline = \"10s\"", "deadline = \"10 s\"", "'rounds.deadline' is \"10 s\"")]
    [InlineData("deadline = \"10s\"", "deadline = \"8d\"", "'rounds.deadline' is \"8d\"")]
    [InlineData("algorithm = \"maml\"", "algorithm = \"mamal\"", "did you mean \"maml\"?")]
    [InlineData("count = 20", "count = 20\nbits = 20", "there is no key 'rounds.bits'")]
    [InlineData("deadline = \"10s\"", "deadline = \"10s\"\n[initial]\nmodel = \"x\"", "stands in a draft")]
    [InlineData("name = \"heart\"", "name = \"Heart\"", "'study.name' is \"Heart\"")]
    [InlineData("purpose = \"", "purpose = \"\\u202e", "'study.purpose' is")]
    public void A_contradiction_is_refused(string old, string wrong, string what)
    {
        var text = File.ReadAllText(Samples.Heart);
        Assert.Contains(old, text, StringComparison.Ordinal);
        var reading = StudyDraft.Read(Encoding.UTF8.GetBytes(text.Replace(old, wrong, StringComparison.Ordinal)));
        Assert.Contains(what, Assert.Single(reading.Problems).What, StringComparison.Ordinal);
        Assert.False(reading.IsValid);
        var error = Assert.Throws<FedMetaException>(() => reading.OrThrow("heart.toml"));
        Assert.Equal(ExitCode.StudyDocument, error.Code);
    }

    [Fact]
    public void A_study_with_groups_reads_back_what_it_writes()
    {
        var terms = StudyDraft.Read(Encoding.UTF8.GetBytes(Bucketed(combine: "trimmed-mean"))).OrThrow("heart.toml");
        Assert.Equal(new AggregationTerms(4, 5, 3, 32, "buckets", 6, "trimmed-mean"), terms.Aggregation);
        Assert.Equal(terms.ToCanonicalText(),
            StudyDraft.Read(Encoding.UTF8.GetBytes(terms.ToCanonicalText())).Value!.ToCanonicalText());
    }

    [Theory]
    [InlineData("bucket_size = 6", "bucket_size = 4", "'aggregation.bucket_size' is 4")]
    [InlineData("combine = \"coordinate-median\"", "combine = \"mean\"", "'aggregation.combine' is \"mean\"")]
    [InlineData("robust = \"buckets\"", "robust = \"bucket\"", "did you mean \"buckets\"?")]
    [InlineData("robust = \"buckets\"", "robust = \"none\"", "'aggregation.bucket_size' has no meaning without groups")]
    [InlineData("bucket_size = 6", "bucket_size = 9", "need not share an honest hospital")]
    [InlineData("min_peers = 5 ", "min_peers = 7 ", "a group of 6 could never make the smallest roster, 7")]
    public void Keys_of_groups_are_read_strictly(string old, string wrong, string what)
    {
        var text = Bucketed();
        Assert.Contains(old, text, StringComparison.Ordinal);
        var reading = StudyDraft.Read(Encoding.UTF8.GetBytes(text.Replace(old, wrong, StringComparison.Ordinal)));
        Assert.Contains(what, Assert.Single(reading.Problems).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("per-fedavg", 1, false)]
    [InlineData("per-fedavg", 2, true)]
    [InlineData("maml", 1, true)]
    public void Per_fedavg_needs_a_query_that_it_can_halve(string algorithm, int shots, bool isValid)
    {
        var text = File.ReadAllText(Samples.Heart)
            .Replace("algorithm = \"maml\"", $"algorithm = \"{algorithm}\"", StringComparison.Ordinal)
            .Replace("shots = 4 ", $"shots = {shots} ", StringComparison.Ordinal);
        Assert.Contains($"shots = {shots} ", text, StringComparison.Ordinal);
        var reading = StudyDraft.Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal(isValid, reading.IsValid);
        if (!isValid)
            Assert.Contains("halves the query", Assert.Single(reading.Problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_of_single_patients_says_how_many_rows_a_hospital_adds_at_most()
    {
        var terms = StudyDraft.Read(Encoding.UTF8.GetBytes(Patients())).OrThrow("heart.toml");
        Assert.True(terms.IsPerPatient);
        Assert.Equal((300, 1), (terms.VectorsPerHospital, terms.RowsPerVector));
        Assert.Equal(terms.ToCanonicalText(),
            StudyDraft.Read(Encoding.UTF8.GetBytes(terms.ToCanonicalText())).Value!.ToCanonicalText());
    }

    [Theory]
    [InlineData("max_rows = 300", "max_rows = 0", "'data.max_rows' is missing")]
    [InlineData("clip = 0.1 ", "clip = 0.1\nsampling = 0 ", "'privacy.sampling' is 0.0")]
    [InlineData("clip = 0.1 ", "clip = 0.1\nsampling = 1.5 ", "'privacy.sampling' is 1.5")]
    [InlineData("clip = 0.1 ", "clip = 0.1\nsampling = 0.0000001 ", "more than 6 places")]
    [InlineData("clip = 0.1 ", "clip = 0.1\nsampling = 0.3333333 ", "more than 6 places")]
    [InlineData("max_rows = 300", "max_rows = 10", "'data.max_rows' is less than 'data.min_rows'")]
    [InlineData("inner_steps = 1", "inner_steps = 1\nshots = 4", "'meta.shots' has no meaning")]
    [InlineData("algorithm = \"fedsgd\"", "algorithm = \"maml\"", "for fedsgd with the unit patient alone")]
    [InlineData("unit = \"patient\"", "unit = \"task\"", "for fedsgd with the unit patient alone")]
    public void Keys_of_single_patients_are_read_strictly(string old, string wrong, string what)
    {
        Assert.Contains(old, Patients(), StringComparison.Ordinal);
        var reading = StudyDraft.Read(
            Encoding.UTF8.GetBytes(Patients().Replace(old, wrong, StringComparison.Ordinal)));
        Assert.Contains(what, Assert.Single(reading.Problems).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maml", "patient")]
    [InlineData("fedsgd", "task")]
    [InlineData("fedsgd", "site")]
    [InlineData("fedavg", "site")]
    public void Patients_are_sampled_for_their_own_gradients_alone(string algorithm, string unit)
    {
        var text = File.ReadAllText(Samples.Heart)
            .Replace("algorithm = \"maml\"", $"algorithm = \"{algorithm}\"", StringComparison.Ordinal)
            .Replace("unit = \"patient\"", $"unit = \"{unit}\"\nsampling = 0.1", StringComparison.Ordinal);
        var problem = Assert.Single(StudyDraft.Read(Encoding.UTF8.GetBytes(text)).Problems);
        Assert.Contains($"not for {algorithm} with the unit {unit}", problem.What, StringComparison.Ordinal);
        Assert.Contains("algorithm = \"fedsgd\"", problem.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", 1_000_000)]
    [InlineData("0.1", 100_000)]
    [InlineData("0.025", 25_000)]
    [InlineData("0.3", 300_000)]
    [InlineData("0.000001", 1)]
    [InlineData("0.999999", 999_999)]
    public void A_sampling_rate_is_the_fraction_that_its_text_says(string text, int millionths)
    {
        var draft = Patients().Replace("clip = 0.1 ", $"clip = 0.1\nsampling = {text} ", StringComparison.Ordinal);
        var terms = StudyDraft.Read(Encoding.UTF8.GetBytes(draft)).OrThrow("heart.toml");
        Assert.Equal(millionths, terms.Privacy.SamplingMillionths);
        Assert.Equal(text != "1", terms.Privacy.IsSampled);
        Assert.Equal(terms.Privacy,
            StudyDraft.Read(Encoding.UTF8.GetBytes(terms.ToCanonicalText())).Value!.Privacy);
    }

    private static string Patients() => File.ReadAllText(Samples.Heart)
        .Replace("algorithm = \"maml\"", "algorithm = \"fedsgd\"", StringComparison.Ordinal)
        .Replace("shots = 4 ", "", StringComparison.Ordinal)
        .Replace("min_rows = 20", "min_rows = 20\nmax_rows = 300", StringComparison.Ordinal);

    private static string Bucketed(string combine = "coordinate-median") => File.ReadAllText(Samples.Heart).Replace(
        "bits = 32 ", $"robust = \"buckets\"\nbucket_size = 6\ncombine = \"{combine}\"\nbits = 32 ",
        StringComparison.Ordinal);

    [Fact]
    public void A_key_in_the_wrong_table_is_sent_to_the_right_one()
    {
        var text = File.ReadAllText(Samples.Heart) + "\ncolluders = 1\n";
        var problem = Assert.Single(StudyDraft.Read(Encoding.UTF8.GetBytes(text)).Problems);
        Assert.Equal("it stands in [privacy]", problem.Hint);
    }
}
