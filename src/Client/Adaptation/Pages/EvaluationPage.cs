using System.Globalization;
using System.Xml.Linq;
using FedMeta.Learning;

namespace FedMeta.Client.Adaptation.Pages;

/// <summary>The evaluation for a clinician: findings in words first, then figures, then how they came about.</summary>
internal static class EvaluationPage
{
    /// <summary>The page; it says what the JSON document says.</summary>
    public static string Render(EvaluationReport report, IReadOnlyDictionary<string, XElement> pictures) =>
        PageFrame.Render($"{report.Study}: how the models do on this hospital's own patients",
            PageFrame.Text($"Judged on {Count(report)} that no model has seen; adapted on "
                + $"{report.TrainRows} others. Everything here describes this hospital's patients and was computed "
                + "here: keep it here."),
            report.Warnings.Count == 0 ? null
                : PageFrame.Section("Look at this first", PageFrame.List(report.Warnings, "warn")),
            PageFrame.Section("What was found", PageFrame.List(Findings(report)),
                Many(report) is { } many ? PageFrame.Text(many, "soft") : null),
            PageFrame.Section("Every model", Table(report), PageFrame.List(Undefined(report), "soft")),
            Picture("Intervals", pictures, EvaluationFiles.Sites),
            Picture("Are the probabilities right?", pictures, EvaluationFiles.Reliability, "On the dashed line, of "
                + "patients given 30 % three in ten have the outcome. Above it the model says too little, below it too "
                + "much. The bars below say how many patients each point rests on."),
            Picture("How many labelled patients does it take?", pictures, EvaluationFiles.Curves, "The models are "
                + "adapted to some of the training patients, drawn again and again, and judged on the same held-out "
                + "patients."),
            Groups(report),
            PageFrame.Section("How it was done", PageFrame.List(
            [
                report.Adaptation,
                "Intervals hold 95 of 100 resamples of the held-out patients; the accuracy's is Wilson's. The "
                    + "calibration error (ECE) has none: few patients make it too large by themselves. With fewer "
                    + "than some 20 patients resampled intervals are too narrow.",
                "A difference is called one only where its own interval leaves zero out; else it is a tie.",
                .. report.Missing.Select(m => $"Not shown: {m}."),
                $"Study {report.StudyHash}, meta-model {report.MetaModel}.",
            ])));

    /// <summary>The questions of the hospital, answered.</summary>
    public static List<string> Findings(EvaluationReport report)
    {
        var findings = report.Comparisons.Select(c => c.Words + ".").ToList();
        if (report.Models[1].Evaluation is { Calibration.Slope: { } slope, CalibrationSlopeInterval: { } interval })
        {
            findings.Add(string.Create(CultureInfo.InvariantCulture,
                $"Calibration slope of the adapted model: {slope:0.00} ({interval.Low:0.00} to {interval.High:0.00}); ")
                + (interval.Contains(1) ? "compatible with 1, where predictions are neither too extreme nor too timid."
                    : slope < 1 ? "below 1: its predictions are too extreme."
                    : "above 1: its predictions are too timid."));
        }

        if (report.Curves.FirstOrDefault(c => c.Way == AdaptationWays.ByTheGuard) is { Points.Count: > 1 } curve)
        {
            findings.Add(curve.PatientsNeeded is { } needed
                ? $"With {needed} labelled patients the adapted model is on average within {AdaptationCurve.AsGood} of "
                    + $"the loss that it reaches with all {curve.Points[^1].Patients}."
                : $"No smaller number of labelled patients that was tried came within {AdaptationCurve.AsGood} of the "
                    + $"loss reached with all {curve.Points[^1].Patients}.");
        }

        return findings;
    }

    /// <summary>What many comparisons at once do to their verdicts; null where there is one at most. Of n true ties the
    /// chance that an interval of 95 % calls some one a difference is 5 n of 100 at most, however they hang
    /// together.</summary>
    public static string? Many(EvaluationReport report) => report.Comparisons.Count < 2 ? null
        : $"These are {report.Comparisons.Count} comparisons, each at 95 % by itself and none corrected for the "
            + $"others: were all of them true ties, up to {5 * report.Comparisons.Count} of 100 such pages would name some "
            + "difference in loss all the same. Decide beforehand which of them matters.";

    private static XElement Table(EvaluationReport report)
    {
        var ranking = Measures.Ranking(report.Outcome);
        return PageFrame.Table(
            ["model", Measures.NameOf(Measure.Loss, report.Outcome), Measures.NameOf(ranking, report.Outcome),
                "accuracy", "Brier", "ECE", "calibration slope"],
            report.Models.Select(row => Cells(row.Model, row.Evaluation, ranking)));
    }

    private static string[] Cells(string name, Evaluation e, Measure ranking) =>
    [
        name,
        PageFrame.Figure(e.Loss, e.LossInterval),
        PageFrame.Figure(e.Value(ranking), e.AurocInterval ?? e.ConcordanceInterval),
        PageFrame.Figure(e.Accuracy, e.AccuracyInterval),
        PageFrame.Figure(e.Brier, e.BrierInterval),
        PageFrame.Figure(e.ExpectedCalibrationError, null),
        PageFrame.Figure(e.Calibration?.Slope, e.CalibrationSlopeInterval),
    ];

    private static XElement? Groups(EvaluationReport report)
    {
        if (report.Subgroups.Count == 0) return null;
        var ranking = Measures.Ranking(report.Outcome);
        return PageFrame.Section("Parts of the patients", PageFrame.Table(
            ["group", "patients", "with the outcome", "model", Measures.NameOf(Measure.Loss, report.Outcome),
                Measures.NameOf(ranking, report.Outcome), "ECE"],
            report.Subgroups.Select(row => new[]
            {
                row.Group,
                $"{row.Evaluation.Patients}",
                row.Evaluation.Positives is { } positives ? $"{positives}" : "-",
                row.Model,
                PageFrame.Figure(row.Evaluation.Loss, row.Evaluation.LossInterval),
                PageFrame.Figure(row.Evaluation.Value(ranking),
                    row.Evaluation.AurocInterval ?? row.Evaluation.ConcordanceInterval),
                PageFrame.Figure(row.Evaluation.ExpectedCalibrationError, null),
            })));
    }

    private static XElement? Picture(
        string heading, IReadOnlyDictionary<string, XElement> pictures, string name, string? words = null) =>
        !pictures.TryGetValue(name, out var picture) ? null
        : PageFrame.Section(heading, words is null ? null : PageFrame.Text(words), new XElement(picture));

    /// <summary>Why values are missing, once each.</summary>
    public static List<string> Undefined(EvaluationReport report) =>
    [
        .. report.Models.SelectMany(row => row.Evaluation.Undefined.Select(why => (row.Model, why)))
            .GroupBy(u => u.why).Select(u => $"{Measures.NameOf(u.Key.Measure, report.Outcome)} of "
                + $"{string.Join("; ", u.Select(row => row.Model))}: {u.Key.Why}"),
    ];

    private static string Count(EvaluationReport report) =>
        (report.TestRows == 1 ? "one patient" : $"{report.TestRows} patients")
        + (report.Models[0].Evaluation.Positives is { } positives ? $", {positives} with the outcome," : "");
}
