using System.Text.Json;
using System.Xml.Linq;
using FedMeta.Client.Adaptation;
using FedMeta.Client.Adaptation.Pages;
using FedMeta.Client.Commands;
using FedMeta.Learning;
using FedMeta.Protocol;

namespace FedMeta.Client.Tests.Adaptation;

public class EvaluationPageTests
{
    private static readonly Evaluation OneClass = new()
    {
        Patients = 16,
        Positives = 16,
        Loss = 0.25,
        LossInterval = new Interval(0.2, 0.3),
        Undefined = [new UndefinedMeasure(Measure.Auroc, "all 16 patients have the outcome")],
    };

    private static readonly EvaluationReport Report = new(
        "he<art", "f00d", "beef", 30, 16, null, LossKind.BinaryCrossEntropy, "no adaptation is the simplest",
        [new EvaluationRow("shared", OneClass), new EvaluationRow("adapted", OneClass)])
    {
        Warnings = ["the shared model ranks these patients backwards"],
        Missing = ["pooled: no hospital may see the others' rows"],
        Curves = [new AdaptationCurve(AdaptationWays.ByTheGuard, [Point(0, 0.5), Point(10, 0.255), Point(30, 0.25)])],
    };

    [Fact]
    public void The_page_says_in_words_what_the_document_says_in_figures()
    {
        var page = EvaluationPage.Render(Report, new Dictionary<string, XElement>());
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.Contains("he&lt;art", page, StringComparison.Ordinal);
        Assert.Contains("backwards", page, StringComparison.Ordinal);
        Assert.Contains("0.250 (0.200 to 0.300)", page, StringComparison.Ordinal);
        Assert.Contains("AUROC of shared; adapted: all 16 patients have the outcome", page, StringComparison.Ordinal);
        Assert.Contains("With 10 labelled patients", page, StringComparison.Ordinal);
        Assert.Contains("Not shown: pooled", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_survives_its_own_JSON()
    {
        var difference = new MeasureDifference(Measure.Loss, 0.25, 0.3, new Interval(-0.1, 0.05), Verdict.Tie);
        var compared = new PairedComparison("a", "b", 1, 16, difference, null, "a and b are a tie");
        var json = JsonSerializer.Serialize(Report with { Comparisons = [compared] }, OutputShapes.Default.EvaluationReport);
        var back = JsonSerializer.Deserialize(json, OutputShapes.Default.EvaluationReport)!;
        Assert.Equal(json, JsonSerializer.Serialize(back, OutputShapes.Default.EvaluationReport));
        Assert.Contains("\"why\": \"all 16 patients", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_comparisons_are_said_to_be_many()
    {
        var difference = new MeasureDifference(Measure.Loss, 0.25, 0.3, new Interval(-0.1, 0.05), Verdict.Tie);
        var one = new PairedComparison("a", "b", 1, 16, difference, null, "a and b are a tie");
        var page = EvaluationPage.Render(Report with { Comparisons = [.. Enumerable.Repeat(one, 9)] },
            new Dictionary<string, XElement>());
        Assert.Contains("9 comparisons", page, StringComparison.Ordinal);
        Assert.Contains("up to 45 of 100 such pages", page, StringComparison.Ordinal);
        Assert.Null(EvaluationPage.Many(Report with { Comparisons = [one] }));
    }

    [Fact]
    public void A_model_that_diverged_is_a_row_like_any_other()
    {
        var diverged = new EvaluationRow("unguarded", OneClass with { Loss = double.NaN });
        var report = Report with { Models = [.. Report.Models, diverged] };
        Assert.Contains("\"NaN\"", JsonSerializer.Serialize(report, OutputShapes.Default.EvaluationReport),
            StringComparison.Ordinal);
        Assert.Contains("NaN", EvaluationPage.Render(report, new Dictionary<string, XElement>()),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_under_the_name_of_its_page_is_refused_before_anything_is_written()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "evaluation.html");
        var refused = Assert.Throws<FedMetaException>(() => EvaluationFiles.Write(path, Report));
        Assert.Equal(ExitCode.Usage, refused.Code);
        Assert.False(File.Exists(path));
    }

    private static CurvePoint Point(int patients, double loss) =>
        new(patients, 1, new CurveValue(loss, loss, loss, null), null, null);
}
