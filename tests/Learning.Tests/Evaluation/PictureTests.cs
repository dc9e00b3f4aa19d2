using System.Globalization;
using System.Xml.Linq;
using Xunit;

namespace FedMeta.Learning.Tests.Evaluation;

public class PictureTests
{
    private static readonly CurvePoint[] Points =
    [
        new(0, 1, new CurveValue(0.7, 0.7, 0.7, null), null, null),
        new(10, 3, new CurveValue(0.5, 0.4, 9, new Interval(0.3, 8)), new CurveValue(0.8, 0.7, 0.9, null), null),
        new(40, 1, new CurveValue(0.45, 0.45, 0.45, null), new CurveValue(0.81, 0.81, 0.81, null), null),
    ];

    [Fact]
    public void Curves_are_described_in_words_and_a_loss_beyond_the_edge_says_its_value()
    {
        var picture = CurvePicture.Draw(
            "a <b> & c", LossKind.BinaryCrossEntropy, [new("as shared", Points[..1]), new("by steps", Points)]);
        IsSelfContained(picture);
        Assert.Equal("a <b> & c", picture.Attribute("aria-label")!.Value);
        Assert.Contains("by steps: log loss 0.700 with 0 patients, 0.500 with 10 patients", Description(picture),
            StringComparison.Ordinal);
        Assert.Contains(Texts(picture), text => text == "\u21919.000");
        Assert.Contains(Texts(picture), text => text == "all 40");
        Assert.DoesNotContain(Texts(picture), text => text.Contains("ECE", StringComparison.Ordinal));
    }

    [Fact]
    public void A_reliability_diagram_names_the_patients_behind_every_point()
    {
        var bins = Metrics.Reliability([0.12, 0.14, 0.16, 0.91, 0.93], [0, 0, 1, 1, 1]);
        var picture = ReliabilityPicture.Draw("study", [("adapted", bins), ("shared", [])]);
        IsSelfContained(picture);
        Assert.Contains("3 patients: predicted 0.14, observed 0.33, 95 % 0.06 to 0.79", Description(picture),
            StringComparison.Ordinal);
        Assert.Contains("3", Texts(picture));
        Assert.Contains("2", Texts(picture));
    }

    [Fact]
    public void The_table_says_counts_and_figures_per_site_and_a_hyphen_where_there_is_none()
    {
        var evaluation = new FedMeta.Learning.Evaluation
        {
            Patients = 16,
            Positives = 15,
            Loss = 0.2,
            LossInterval = new Interval(0.1, 0.3),
        };
        var picture = SiteTablePicture.Draw(
            "study", LossKind.BinaryCrossEntropy,
            [new("basel", "adapted", evaluation), new("basel", "alone", evaluation)]);
        IsSelfContained(picture);
        Assert.Single(Texts(picture), "basel: 16 patients, 15 with the outcome (0.94)");
        Assert.Equal(2, Texts(picture).Count(text => text == "0.200 (0.100 to 0.300)"));
        Assert.Equal(2, Texts(picture).Count(text => text == "-"));
    }

    [Fact]
    public void Candidates_show_the_chosen_one_and_why_another_was_left_out()
    {
        var picture = CandidatePicture.Draw("study",
        [
            new(AdaptationChoice.None, 0, 0.6, 0.02, null),
            new(AdaptationChoice.InterceptRecalibration, 0, 0.5, 0, null),
            new(AdaptationChoice.FullSteps, 3, null, null, "too few"),
        ], "intercept recalibration");
        IsSelfContained(picture);
        Assert.Contains("chosen: intercept recalibration", Texts(picture));
        Assert.Contains("too few", Texts(picture));
        Assert.Contains("3 full steps: not compared, too few", Description(picture), StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_stand_clear_of_a_long_name()
    {
        var name = new string('m', 80);
        var evaluation = new FedMeta.Learning.Evaluation { Patients = 16, Loss = 0.2 };
        var table = SiteTablePicture.Draw(
            "study", LossKind.SquaredError, [new("basel", name, evaluation), new("basel", "alone", evaluation)]);
        Assert.All(At(table, "0.200"), x => Assert.InRange(x, 24 + 80 * 6.5, 2000));
        var candidates = CandidatePicture.Draw("study",
        [
            new(AdaptationChoice.ForwardRecalibration, 0, 0.6, 0.02, null),
            new(AdaptationChoice.FullSteps, 3, null, null, "too few"),
        ], "");
        var longest = GuardedAdaptation.NameOf(AdaptationChoice.ForwardRecalibration, 0).Length;
        Assert.All(At(candidates, "too few"), x => Assert.InRange(x, 12 + longest * 6.5, 2000));
    }

    private static List<double> At(XElement picture, string text)
    {
        var found = picture.Descendants().Where(e => e.Name.LocalName == "text" && e.Value == text)
            .Select(e => double.Parse(e.Attribute("x")!.Value, CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(found);
        return found;
    }

    [Theory]
    [InlineData(0.31, 0.94, 0.2, 1.0)]
    [InlineData(-3, 12, -5, 15)]
    [InlineData(0.5, 0.5, 0.4, 0.6)]
    public void An_axis_ends_on_round_numbers_that_hold_everything(double low, double high, double from, double to)
    {
        var axis = new Axis([low, high, double.NaN], 0, 100);
        Assert.Equal(from, axis.Low, 9);
        Assert.Equal(to, axis.High, 9);
        Assert.Equal(0, axis.At(axis.Low), 9);
        Assert.Equal(100, axis.At(double.PositiveInfinity), 9);
        Assert.All(axis.Ticks, tick => Assert.Equal(tick, double.Parse(
            tick.ToString(axis.Format, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), 9));
    }

    [Fact]
    public void Eight_series_differ_by_more_than_colour() => Assert.Equal(
        8, Enumerable.Range(0, 8).Select(i => Mark.Of(i) with { Colour = "" }).Distinct().Count());

    private static void IsSelfContained(XElement picture)
    {
        Assert.Equal("img", picture.Attribute("role")!.Value);
        Assert.NotEmpty(Description(picture));
        Assert.Equal(picture.ToString(), XElement.Parse(picture.ToString()).ToString());
        Assert.DoesNotContain(picture.DescendantsAndSelf().SelectMany(e => e.Attributes()),
            a => !a.IsNamespaceDeclaration && a.Value.Contains("://", StringComparison.Ordinal));
        Assert.DoesNotContain(picture.Descendants(), e => e.Name.LocalName is "script" or "image" or "use" or "style");
        Assert.DoesNotContain("NaN", picture.ToString(), StringComparison.Ordinal);
    }

    private static string Description(XElement picture) =>
        picture.Elements().Single(e => e.Name.LocalName == "desc").Value;

    private static List<string> Texts(XElement picture) =>
        [.. picture.Elements().Where(e => e.Name.LocalName == "text").Select(e => e.Value)];
}
