using System.Text.Json;
using FedMeta.Client.Adaptation.Pages;
using FedMeta.Client.Commands;
using FedMeta.Learning;

namespace FedMeta.Client.Adaptation;

/// <summary>How an adaptation came about, beside the adapted model.</summary>
internal static class AdaptationFiles
{
    /// <summary>Writes NAME.adaptation.json, NAME.adaptation.html and, where candidates were compared,
    /// NAME.adaptation.svg.</summary>
    /// <param name="facts">What was done; its file names the model.</param>
    /// <returns>What was written.</returns>
    public static IReadOnlyList<string> Write(AdaptedOutput facts)
    {
        var stem = Path.Combine(
            Path.GetDirectoryName(facts.File) ?? "", Path.GetFileNameWithoutExtension(facts.File) + ".adaptation");
        var picture = facts.Candidates.Count == 0 ? null
            : CandidatePicture.Draw($"{facts.Study}: which adaptation, on {facts.Patients} own patients",
                facts.Candidates, facts.Choice);
        List<string> written =
        [
            EvaluationFiles.Save($"{stem}.json",
                JsonSerializer.Serialize(facts, OutputShapes.Default.AdaptedOutput) + "\n"),
            EvaluationFiles.Save($"{stem}.html", PageFrame.Render($"{facts.Study}: {facts.Choice}",
                PageFrame.Text($"{facts.Reason}. It rests on {facts.Patients} labelled patients of this hospital."),
                facts.Warnings.Count == 0 ? null
                    : PageFrame.Section("Look at this first", PageFrame.List(facts.Warnings, "warn")),
                picture,
                PageFrame.Text("How good the adapted model is, these figures do not say: they chose it. "
                    + "'fedmeta-client evaluate' judges it on patients that it has not seen."),
                PageFrame.Text("The model was fitted to this hospital's patients without noise: keep it here.")))
        ];
        if (picture is not null) written.Add(EvaluationFiles.Save($"{stem}.svg", $"{picture}\n"));
        return written;
    }
}
