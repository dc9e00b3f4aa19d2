using System.Text;

namespace FedMeta.Protocol.Tests;

/// <summary>Kinds of models, survival studies, and ranges of columns.</summary>
public class ModelKeysTests
{
    private static readonly string Heart = File.ReadAllText(Samples.Heart);

    private static StudyReading<StudyTerms> Read(params (string Old, string New)[] changes)
    {
        var text = changes.Aggregate(Heart, (now, change) =>
        {
            Assert.Contains(change.Old, now, StringComparison.Ordinal);
            return now.Replace(change.Old, change.New, StringComparison.Ordinal);
        });
        return StudyDraft.Read(Encoding.UTF8.GetBytes(text));
    }

    private static StudyReading<StudyTerms> WithModel(string lines) =>
        Read(("kind = \"logistic\"\nlayers = []", lines));

    [Theory]
    [InlineData("kind = \"linear\"")]
    [InlineData("kind = \"softmax\"\noutputs = 4")]
    [InlineData("kind = \"mlp-tanh\"\nlayers = [40, 40]\nloss = \"mse\"")]
    [InlineData("kind = \"mlp-relu\"\nlayers = [8]\noutputs = 3")]
    [InlineData("kind = \"conv-relu\"\nlayers = [1, 8, 8]\noutputs = 5")]
    [InlineData("kind = \"conv-norm-relu\"\nlayers = [3, 8]\nloss = \"ce\"\noutputs = 2")]
    public void Every_kind_can_be_named_and_reads_back(string lines)
    {
        var terms = WithModel(lines).OrThrow("heart.toml");
        var again = StudyDraft.Read(Encoding.UTF8.GetBytes(terms.ToCanonicalText())).OrThrow("canonical");
        Assert.Equal(terms.Model with { Layers = [] }, again.Model with { Layers = [] });
        Assert.Equal(terms.Model.Layers, again.Model.Layers);
        Assert.Equal(terms.ToCanonicalText(), again.ToCanonicalText());
    }

    [Theory]
    [InlineData("kind = \"cox\"", "a cox model has no column with the time")]
    [InlineData("kind = \"conv-relu\"\nlayers = [8]", "has no convolution")]
    [InlineData("kind = \"conv-norm-relu\"", "has no convolution")]
    [InlineData("kind = \"logistic\"\nloss = \"mse\"", "has a loss of its own")]
    [InlineData("kind = \"mlp-relu\"\nlayers = [4]\nloss = \"ce\"", "ce needs two classes or more")]
    [InlineData("kind = \"mlp-relu\"\nlayers = [4]\nloss = \"mse\"\noutputs = 2", "mse takes one label")]
    public void A_model_that_contradicts_itself_is_refused(string lines, string what) =>
        Assert.Contains(what, Assert.Single(WithModel(lines).Problems).What, StringComparison.Ordinal);

    [Fact]
    public void A_survival_study_names_event_and_time()
    {
        var terms = Read(
            ("kind = \"logistic\"", "kind = \"cox\""),
            ("label = \"label\"", "label = \"death\"\ntime = \"days\"")).OrThrow("heart.toml");
        Assert.Equal(("death", "days"), (terms.Data.Label, terms.Data.Time));
        Assert.Equal("days", StudyDraft.Read(Encoding.UTF8.GetBytes(terms.ToCanonicalText())).Value!.Data.Time);
    }

    [Theory]
    [InlineData("logistic", "days", "has a meaning for cox alone")]
    [InlineData("cox", "age", "is a feature as well")]
    [InlineData("cox", "label", "is the label or the fold as well")]
    [InlineData("cox", "fold", "is the label or the fold as well")]
    public void The_time_is_a_column_of_its_own(string kind, string time, string what)
    {
        var reading = Read(("kind = \"logistic\"", $"kind = \"{kind}\""),
            ("label = \"label\"", $"label = \"label\"\ntime = \"{time}\""));
        Assert.Contains(what, Assert.Single(reading.Problems).What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_stands_for_columns_that_count_up()
    {
        var terms = Read(("age = [54, 9]", "\"px_0..px_783\" = [127.5, 128]\nage = [54, 9]")).OrThrow("heart.toml");
        Assert.Equal(784 + 13, terms.Data.Features.Count);
        Assert.Equal(new Feature("px_0", 127.5, 128), terms.Data.Features[0]);
        Assert.Equal(new Feature("px_783", 127.5, 128), terms.Data.Features[783]);
        Assert.Equal("age", terms.Data.Features[784].Name);
        Assert.Contains("\n\"px_0..px_783\" = [127.5, 128.0]\nage =", terms.ToCanonicalText(), StringComparison.Ordinal);
        Assert.Equal(terms.Data.Features,
            StudyDraft.Read(Encoding.UTF8.GetBytes(terms.ToCanonicalText())).Value!.Data.Features);
    }

    [Theory]
    [InlineData("\"a1..a15\" = [0, 1]", "a1 = [0.0, 1.0]\na2 = [0.0, 1.0]\n")]
    [InlineData("\"a1..a16\" = [0, 1]", "\"a1..a16\" = [0.0, 1.0]\n")]
    [InlineData("\"a1..a8\" = [0, 1]\n\"a9..a20\" = [0, 1]", "\"a1..a20\" = [0.0, 1.0]\n")]
    [InlineData("\"a1..a16\" = [0, 1]\na17 = [0, 2]", "\"a1..a16\" = [0.0, 1.0]\na17 = [0.0, 2.0]\n")]
    public void The_canonical_text_has_one_spelling_for_each_list_of_features(string lines, string written)
    {
        var text = Read(("age = [54, 9]", lines)).OrThrow("heart.toml").ToCanonicalText();
        Assert.Contains(written, text, StringComparison.Ordinal);
        Assert.Equal(text, StudyDraft.Read(Encoding.UTF8.GetBytes(text)).Value!.ToCanonicalText());
    }

    [Theory]
    [InlineData("px_5..px_5", "is no range of columns")]
    [InlineData("px_9..px_1", "is no range of columns")]
    [InlineData("px_0..py_9", "is no range of columns")]
    [InlineData("px_00..px_09", "is no range of columns")]
    [InlineData("px_0..px_9..px_20", "is no range of columns")]
    [InlineData("px..px_9", "is no range of columns")]
    [InlineData("px_0..px_9999999", "is no range of columns")]
    [InlineData("px_0..px_2040", "there are more than 2048 features")]
    [InlineData("cp_1..cp_3", "feature 'cp_2' stands twice")]
    public void A_range_that_is_none_is_refused(string key, string what) => Assert.Contains(
        Read(("age = [54, 9]", $"\"{key}\" = [0, 1]\nage = [54, 9]")).Problems,
        problem => problem.What.Contains(what, StringComparison.Ordinal));

    /// <summary>A thousand short lines would stand for two million columns.</summary>
    [Fact]
    public void Many_ranges_are_refused_once_and_not_listed()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"\"c{i}x0..c{i}x2047\" = [0, 1]"));
        var problem = Assert.Single(Read(("age = [54, 9]", lines)).Problems);
        Assert.Contains("there are more than 2048 features", problem.What, StringComparison.Ordinal);
    }
}
